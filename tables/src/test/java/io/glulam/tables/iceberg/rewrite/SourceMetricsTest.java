package io.glulam.tables.iceberg.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.glulam.ShapedReport.ColumnFacts;
import io.glulam.tables.iceberg.plan.PlannedOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** Statistics of the sources of several outputs, which lie in several manifests. */
class SourceMetricsTest {
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.optional(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "text", Types.StringType.get()),
            Types.NestedField.optional(3, "number", Types.DoubleType.get()),
            Types.NestedField.optional(4, "part", Types.IntegerType.get()));

    private static final int FILES = 24;
    private static final int PARTS = 3;
    private static final long ROWS = 10;

    /** A table of three appends in manifests of their own, of which files were deleted again. */
    private static Table table(int version) {
        InMemoryCatalog catalog = new InMemoryCatalog();
        catalog.initialize("memory", Map.of());
        catalog.createNamespace(Namespace.of("db"));
        Table table = catalog.buildTable(TableIdentifier.of("db", "t"), SCHEMA)
                .withPartitionSpec(
                        PartitionSpec.builderFor(SCHEMA).identity("part").build())
                .withProperty("format-version", Integer.toString(version))
                .create();
        for (int from = 0; from < FILES; from += FILES / 3) {
            AppendFiles append = table.newFastAppend();
            for (int i = from; i < from + FILES / 3; i++) {
                append.appendFile(file(table, i));
            }
            append.commit();
        }
        table.newDelete().deleteFile(file(table, 1)).deleteFile(file(table, 17)).commit();
        return table;
    }

    private static DataFile file(Table table, int number) {
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> bounds = new HashMap<>();
        for (Types.NestedField column : SCHEMA.columns()) {
            Object value = switch (column.fieldId()) {
                case 1 -> (long) number;
                case 2 -> "text of " + number;
                case 3 -> number / 3.0;
                default -> number % PARTS;
            };
            values.put(column.fieldId(), ROWS);
            nulls.put(column.fieldId(), column.fieldId() == 2 ? 1L : 0L);
            bounds.put(column.fieldId(), Conversions.toByteBuffer(column.type(), value));
        }
        return DataFiles.builder(table.spec())
                .withPath(table.location() + "/data/" + number + ".parquet")
                .withFormat(FileFormat.PARQUET)
                .withPartitionPath("part=" + number % PARTS)
                .withFileSizeInBytes(1000)
                .withMetrics(new Metrics(ROWS, Map.of(), values, nulls, Map.of(3, 1L), bounds, bounds))
                .build();
    }

    /** An output for each part, of all of its files but one. */
    private static List<PlannedOutput> outputs(Table table) throws IOException {
        Map<Integer, List<DataFile>> parts = new HashMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                DataFile file = task.file().copyWithoutStats();
                int part = file.partition().get(0, Integer.class);
                if (!file.location().endsWith("/20.parquet")) {
                    parts.computeIfAbsent(part, any -> new ArrayList<>()).add(file);
                }
            }
        }
        List<PlannedOutput> outputs = new ArrayList<>();
        parts.forEach((part, files) ->
                outputs.add(new PlannedOutput(0, files.get(0).partition(), "part=" + part, part, files, Map.of(), 0)));
        return outputs;
    }

    private static List<List<Object>> told(List<MergedMetrics> all, List<PlannedOutput> outputs) {
        List<List<Object>> told = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            long rows = ROWS * outputs.get(i).files().size();
            List<ColumnFacts> facts = SCHEMA.columns().stream()
                    .map(column -> new ColumnFacts(
                            List.of(column.name()),
                            column.fieldId(),
                            7,
                            rows,
                            column.fieldId() == 2 ? rows / ROWS : 0,
                            null,
                            List.of()))
                    .toList();
            Metrics metrics = all.get(i).merged(rows, facts, false);
            told.add(List.of(
                    metrics.valueCounts(),
                    metrics.nullValueCounts(),
                    metrics.nanValueCounts(),
                    metrics.lowerBounds(),
                    metrics.upperBounds()));
        }
        return told;
    }

    private static StatisticsJob sent(StatisticsJob job) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(job);
            out.flush();
            return (StatisticsJob) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void otherProcessesMergeThemManifestByManifestAsAScanDoes() throws IOException {
        for (int version : new int[] {2, 3}) {
            Table table = table(version);
            long snapshot = table.currentSnapshot().snapshotId();
            List<PlannedOutput> outputs = outputs(table);
            List<Integer> manifests = new ArrayList<>();
            List<MergedMetrics> elsewhere = SourceMetrics.of(table, snapshot, outputs, jobs -> {
                List<StatisticsJob> apart = jobs.stream()
                        .flatMap(job -> job.parts().stream())
                        .map(part -> sent(new StatisticsJob(List.of(part))))
                        .toList();
                manifests.add(apart.size());
                return SourceMetrics.read(table, apart);
            });
            assertThat(manifests).containsExactly(3);
            List<PlannedOutput> unplaced =
                    outputs.stream().map(output -> unplaced(table, output)).toList();
            List<MergedMetrics> scanned = SourceMetrics.of(table, snapshot, unplaced, jobs -> {
                throw new IllegalStateException("nobody knows where the sources are");
            });
            assertThat(told(elsewhere, outputs)).isEqualTo(told(scanned, outputs));
            assertThat(told(elsewhere, outputs).get(0).get(3)).isEqualTo(lowestOfPartNull());
        }
    }

    /** The files of the first part begin with number 0. */
    private static Map<Integer, ByteBuffer> lowestOfPartNull() {
        return Map.of(
                1, Conversions.toByteBuffer(Types.LongType.get(), 0L),
                2, Conversions.toByteBuffer(Types.StringType.get(), "text of 0"),
                3, Conversions.toByteBuffer(Types.DoubleType.get(), 0.0),
                4, Conversions.toByteBuffer(Types.IntegerType.get(), 0));
    }

    /** The same files, as a catalog that plans scans itself tells of them. */
    private static PlannedOutput unplaced(Table table, PlannedOutput output) {
        List<DataFile> files = new ArrayList<>();
        for (DataFile file : output.files()) {
            String json = ContentFileParser.toJson(file, table.spec());
            try {
                files.add((DataFile) ContentFileParser.fromJson(new ObjectMapper().readTree(json), table.specs()));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        return new PlannedOutput(0, output.partition(), output.partitionName(), output.group(), files, Map.of(), 0);
    }
}
