package io.glulam.spark;

import io.glulam.spark.files.TableObjects;
import io.glulam.spark.task.TaskSettings;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport.AppliedDeletes;
import io.glulam.tables.TableRequest;
import io.glulam.tables.iceberg.TableRewrite;
import io.glulam.tables.iceberg.files.Locations;
import io.glulam.tables.iceberg.plan.RewritePlan;
import io.glulam.tables.iceberg.rewrite.OutputJob;
import io.glulam.tables.iceberg.rewrite.OutputResult;
import io.glulam.tables.iceberg.rewrite.OutputRunner;
import io.glulam.tables.iceberg.rewrite.StatisticsJob;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.actions.BinPackRewriteFilePlanner;
import org.apache.iceberg.actions.RewriteDataFilesCommitManager;
import org.apache.iceberg.actions.RewriteFileGroup;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Measures what the driver does for a table whose files are in its manifests only: planning and committing, as Iceberg's own
 * action does it and as Glulam's does. The results of executors are made up; their work on statistics is done here, and
 * measured apart. Arguments: a folder, the number of files, rounds.
 */
final class DriverTimes {
    private static final int COLUMNS = 30;
    private static final int FILES_A_PARTITION = 100;
    private static final long BYTES = 1_500_000;
    private static final long ROWS = 40_000;

    private final Table table;

    private DriverTimes(Table table) {
        this.table = table;
    }

    public static void main(String[] arguments) {
        int files = Integer.parseInt(arguments[1]);
        Table table = table(Path.of(arguments[0]).resolve("driver" + files));
        DriverTimes times = new DriverTimes(table);
        for (int from = 0; from < files; from += 10_000) {
            times.append(from, Math.min(files, from + 10_000));
        }
        long start = table.currentSnapshot().snapshotId();
        System.out.println("| " + files
                + " files | plan: wall | processor | plan and commit: wall | processor | executors: processor |"
                + " manifests merged |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (int round = 0; round <= Integer.parseInt(arguments[2]); round++) {
            for (boolean own : new boolean[] {false, true}) {
                long[] line = own ? times.own() : times.iceberg();
                if (round > 0) {
                    System.out.printf(
                            "| %s | %.2f s | %.2f s | %.2f s | %.2f s | %.2f s | %s |%n",
                            own ? "glulam" : "Iceberg",
                            line[0] / 1e9,
                            line[1] / 1e9,
                            line[2] / 1e9,
                            line[3] / 1e9,
                            line[4] / 1e9,
                            table.currentSnapshot().summary().getOrDefault("manifests-replaced", "?"));
                }
                table.manageSnapshots().rollbackTo(start).commit();
            }
        }
    }

    private static Table table(Path folder) {
        List<Types.NestedField> columns = new ArrayList<>();
        for (int i = 1; i < COLUMNS; i++) {
            columns.add(
                    Types.NestedField.optional(i, "c" + i, i % 2 == 0 ? Types.StringType.get() : Types.LongType.get()));
        }
        columns.add(Types.NestedField.optional(COLUMNS, "part", Types.IntegerType.get()));
        Schema schema = new Schema(columns);
        return new HadoopTables(new Configuration())
                .create(
                        schema,
                        PartitionSpec.builderFor(schema).identity("part").build(),
                        Map.of("format-version", "2"),
                        folder.toUri().toString());
    }

    private void append(int from, int to) {
        AppendFiles append = table.newAppend();
        for (int i = from; i < to; i++) {
            append.appendFile(file("part=" + i / FILES_A_PARTITION, "in" + i, BYTES, ROWS, i, i));
        }
        append.commit();
    }

    private DataFile file(String partition, String name, long bytes, long rows, int first, int last) {
        return DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/" + partition + "/" + name
                        + "-4f0c2f0e-6a55-4b0e-9a55-0d9c5d3b7a11.parquet")
                .withFormat(FileFormat.PARQUET)
                .withPartitionPath(partition)
                .withFileSizeInBytes(bytes)
                .withSplitOffsets(List.of(4L))
                .withMetrics(metrics(bytes, rows, first, last))
                .build();
    }

    private Metrics metrics(long bytes, long rows, int first, int last) {
        Map<Integer, Long> sizes = new HashMap<>();
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        for (Types.NestedField column : table.schema().columns()) {
            sizes.put(column.fieldId(), bytes / COLUMNS);
            values.put(column.fieldId(), rows);
            nulls.put(column.fieldId(), 0L);
            lower.put(column.fieldId(), bound(column.type(), first));
            upper.put(column.fieldId(), bound(column.type(), last));
        }
        return new Metrics(rows, sizes, values, nulls, Map.of(), lower, upper);
    }

    private static ByteBuffer bound(Type type, int number) {
        Object bound = switch (type.typeId()) {
            case STRING -> "value-" + number;
            case LONG -> (long) number;
            default -> number;
        };
        return Conversions.toByteBuffer(type, bound);
    }

    /** Wall and processor time after planning, and after the commit. */
    private long[] iceberg() {
        Clock clock = new Clock();
        table.refresh();
        BinPackRewriteFilePlanner planner = new BinPackRewriteFilePlanner(table);
        planner.init(Map.of());
        List<RewriteFileGroup> groups = new ArrayList<>();
        planner.plan().groups().forEach(groups::add);
        long planWall = clock.wall();
        long planProcessor = clock.processor();
        for (RewriteFileGroup group : groups) {
            long rows = group.rewrittenFiles().size() * ROWS;
            int part = group.info().partition().get(0, Integer.class);
            int first = part
                    * FILES_A_PARTITION; // Bounds of its own, as real files have: they decide how long the manifest is.
            group.setOutputFiles(Set.of(file(
                    "part=" + part,
                    "out" + group.info().globalIndex(),
                    group.inputFilesSizeInBytes(),
                    rows,
                    first,
                    first + group.rewrittenFiles().size() - 1)));
        }
        new RewriteDataFilesCommitManager(table, table.currentSnapshot().snapshotId())
                .commitOrClean(new HashSet<>(groups));
        return new long[] {planWall, planProcessor, clock.wall(), clock.processor(), 0};
    }

    private long[] own() {
        Clock clock = new Clock();
        table.refresh();
        TaskSettings settings = new TaskSettings("COPY", 64 << 20, true, 1, false);
        TableRewrite rewrite = new TableRewrite(
                table,
                new TableAddress.Iceberg("local", List.of("db"), "t"),
                Locations.ANY,
                new TableObjects(table.io(), true),
                settings.compaction(),
                TableRequest.defaults());
        RewritePlan plan = rewrite.plan(List.of());
        long planWall = clock.wall();
        long planProcessor = clock.processor();
        Executors executors = new Executors(rewrite.runId());
        rewrite.run(plan, executors, Map.of(), TableListener.NONE);
        Clock theirs = executors.clock;
        return new long[] {
            planWall,
            planProcessor,
            clock.wall() - theirs.wallSum,
            clock.processor() - theirs.processorSum,
            theirs.processorSum
        };
    }

    /** What executors do: statistics are merged, new files made up. */
    private final class Executors implements OutputRunner {
        private final String runId;
        private final Clock clock = new Clock();

        Executors(String runId) {
            this.runId = runId;
        }

        @Override
        public List<byte[]> statistics(Table of, List<StatisticsJob> jobs) {
            Clock start = new Clock();
            List<byte[]> answers = OutputRunner.super.statistics(of, jobs);
            clock.add(start);
            return answers;
        }

        @Override
        public void run(List<OutputJob> jobs, Sink sink) {
            jobs.forEach(job -> sink.written(job, result(job, runId)));
        }
    }

    private OutputResult result(OutputJob job, String runId) {
        long rows = job.sources().stream().mapToLong(OutputJob.Source::rows).sum();
        long bytes = job.sources().stream().mapToLong(OutputJob.Source::bytes).sum();
        List<OutputResult.Column> columns = new ArrayList<>();
        for (Types.NestedField column : table.schema().columns()) {
            columns.add(new OutputResult.Column(
                    List.of(column.name()), column.fieldId(), bytes / COLUMNS, rows, 0, null, null, List.of()));
        }
        String location = table.location() + "/data/part=" + job.partition().get(0, Integer.class) + "/" + job.index()
                + "-" + runId + ".parquet";
        return new OutputResult(
                job.index(),
                List.of(),
                new OutputResult.NewFile(
                        location,
                        bytes,
                        rows,
                        List.of(4L),
                        columns,
                        Map.of(),
                        AppliedDeletes.NONE,
                        new OutputResult.Moved(0, 0, 0, Map.of())));
    }

    /** Time since it was made. */
    private static final class Clock {
        private static final LongSupplier PROCESSOR =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)::getProcessCpuTime;

        private final long wall = System.nanoTime();
        private final long processor = PROCESSOR.getAsLong();
        private long wallSum;
        private long processorSum;

        /** Adds what another one shows to the sums of this one. */
        void add(Clock other) {
            wallSum += other.wall();
            processorSum += other.processor();
        }

        long wall() {
            return System.nanoTime() - wall;
        }

        long processor() {
            return PROCESSOR.getAsLong() - processor;
        }
    }
}
