package io.glulam.bench.merge;

import io.glulam.bench.duckdb.DuckDb;
import io.glulam.bench.input.Input;
import io.glulam.bench.input.Inputs;
import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.measure.Stopwatch;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code glulam merge} takes for many files, beside those that decode, and for objects of a slow store. */
public final class MergeReport {
    /** What can be asked for by itself. */
    public static final List<String> PARTS = List.of("merge-events", "merge-small", "merge-curve", "merge-objects");

    private static final int EVENTS_ROWS = 20_480;
    private static final long SMALL_ROWS = 2048;
    private static final int SMALL_FILES = 10_000;
    private static final int[] CURVE = {100, 1_000, 10_000, 100_000};
    private static final String TARGET = "all.parquet";
    private static final long LINK = 50_000_000;

    private final Path root;
    private final Path folder;
    private final boolean rivals;
    private final boolean polars;
    private final double scale;
    private final List<String> options;

    /**
     * @param root the project's folder
     * @param folder of inputs and outputs
     * @param rivals whether DuckDB runs, too
     * @param polars whether Polars runs, too
     * @param scale of the numbers of files
     * @param options of glulam's {@code merge}
     */
    public MergeReport(Path root, Path folder, boolean rivals, boolean polars, double scale, List<String> options) {
        this.root = root;
        this.folder = folder;
        this.rivals = rivals;
        this.polars = polars;
        this.scale = scale;
        this.options = options;
    }

    /** Measures one of the {@link #PARTS}. */
    public String part(String part, int rounds) throws IOException, InterruptedException, SQLException {
        return switch (part) {
            case "merge-events" -> rowGroupsOf(new Inputs(root, folder, scale).named("events"), rounds);
            case "merge-small" -> small(rounds);
            case "merge-curve" -> curve();
            case "merge-objects" -> stored(rounds);
            default -> throw new IllegalArgumentException(part);
        };
    }

    /** Row groups of one file as a file each: merging them beside compacting the one file. */
    private String rowGroupsOf(Input events, int rounds) throws IOException, InterruptedException, SQLException {
        ManyFiles files = new ManyFiles(root, folder);
        Path parts = files.rowGroupsOf(events.file(), EVENTS_ROWS);
        MergeComparison comparison = new MergeComparison(folder);
        String output = comparison.output().toString();
        comparison.with("**glulam** `merge`", glulam("merge", List.of(parts + "/", "-o", output)));
        comparison.with(
                "glulam `compact` of the one file",
                glulam("compact", List.of(events.file().toString(), "-o", output)));
        addRivals(comparison, parts);
        long rows;
        try (DuckDb duckDb = DuckDb.open()) {
            rows = duckDb.rows(events.file());
        }
        return MergeComparison.head("%s as %,d files"
                        .formatted(events.name(), ManyFiles.in(parts).size()))
                + comparison.run(rounds, rows);
    }

    /** Many files of 50 KB and 10 columns. */
    private String small(int rounds) throws IOException, InterruptedException, SQLException {
        int count = scaled(SMALL_FILES);
        Path parts = new ManyFiles(root, folder).small(count);
        MergeComparison comparison = new MergeComparison(folder);
        String output = comparison.output().toString();
        comparison.with("**glulam** `merge`", glulam("merge", List.of(parts + "/", "-o", output)));
        addRivals(comparison, parts);
        return MergeComparison.head("%,d files, %s".formatted(count, Numbers.mebibytes(ManyFiles.bytes(parts))))
                + comparison.run(rounds, count * SMALL_ROWS);
    }

    /** From few files to very many, one run each; the time of a file is the processor's. */
    private String curve() throws IOException, InterruptedException, SQLException {
        StringBuilder table = new StringBuilder("""
            | files | bytes | into | wall | processor | a file | peak resident memory |
            |---|---|---|---|---|---|---|
            """);
        for (int full : CURVE) {
            int count = scaled(full);
            Path parts = new ManyFiles(root, folder).small(count);
            Path output = folder.resolve("merged.parquet");
            table.append(line(count, parts, "one file", output, List.of("-o", output.toString())));
            Path outputs = folder.resolve("merged-folder");
            table.append(line(count, parts, "a folder", outputs, List.of("-o", outputs + "/")));
        }
        return table.toString();
    }

    private String line(int count, Path parts, String into, Path output, List<String> target)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(parts + "/"));
        arguments.addAll(target);
        try {
            Measured measured =
                    Stopwatch.run(glulam("merge", arguments), folder.resolve("none"), folder.resolve("bench.log"));
            return measured.exitCode() != 0
                    ? "| %,d | | %s | failed (exit code %d) | | | |%n".formatted(count, into, measured.exitCode())
                    : Numbers.format(
                            "| %,d | %s | %s | %.2f s | %.2f s | %.2f ms | %s |%n",
                            count,
                            Numbers.mebibytes(ManyFiles.bytes(parts)),
                            into,
                            measured.seconds(),
                            measured.processorSeconds(),
                            1000 * measured.processorSeconds() / count,
                            Numbers.mebibytes(measured.peakResident()));
        } finally {
            delete(output);
        }
    }

    private static void delete(Path output) throws IOException {
        if (Files.isDirectory(output)) {
            try (Stream<Path> files = Files.list(output)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.deleteIfExists(output);
    }

    /** Objects of a store that is far away: the time from start to exit beside that of the bytes alone. */
    private String stored(int rounds) throws IOException, InterruptedException, SQLException {
        return """
                | objects | a request takes | link | wall | bytes alone | ÷ bytes alone | requests | peak resident memory |
                |---|---|---|---|---|---|---|---|
                """
                + stored(5, 60_000, 20, Long.MAX_VALUE, rounds)
                + stored(scaled(1_000), 300_000, 50, LINK, Math.min(3, rounds));
    }

    private String stored(int count, long bytes, long latency, long link, int rounds)
            throws IOException, InterruptedException, SQLException {
        Path object = object(bytes);
        List<Measured> measured = new ArrayList<>();
        long requests = 0;
        long transferred = 0;
        for (int round = 0; round < rounds; round++) {
            try (SlowStore slow = new SlowStore(folder, latency, link)) {
                StrictStore store = slow.store();
                for (int i = 0; i < count; i++) {
                    slow.put("in/part-%05d.parquet".formatted(i), object);
                }
                measured.add(run(store));
                requests = store.requests();
                transferred = store.downloaded() + store.uploaded();
            }
        }
        double seconds =
                Numbers.median(measured.stream().mapToDouble(Measured::seconds).toArray());
        double alone = link == Long.MAX_VALUE ? 0 : (double) transferred / link;
        return Numbers.format(
                "| %,d of %,d KB | %d ms | %s | %.2f s | %s | %s | %,d | %s |%n",
                count,
                Files.size(object) / 1000,
                latency,
                link == Long.MAX_VALUE ? "no limit" : link / 1_000_000 + " MB/s",
                seconds,
                alone == 0 ? "–" : Numbers.format("%.2f s", alone),
                alone == 0 ? "–" : Numbers.format("%.2f", seconds / alone),
                requests,
                Numbers.mebibytes(measured.stream()
                        .mapToLong(Measured::peakResident)
                        .max()
                        .orElse(0)));
    }

    private Measured run(StrictStore store) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("env", "AWS_ACCESS_KEY_ID=bench", "AWS_SECRET_ACCESS_KEY=bench", "AWS_REGION=us-east-1"));
        String bucket = "s3://" + StrictStore.BUCKET + "/";
        command.addAll(glulam(
                "merge",
                List.of(
                        bucket + "in/",
                        "-o",
                        bucket + TARGET,
                        "--yes",
                        "--endpoint",
                        store.endpoint().toString())));
        Measured measured = Stopwatch.run(command, folder.resolve("none"), folder.resolve("bench.log"));
        Extents merged = store.get(TARGET);
        if (measured.exitCode() != 0 || merged == null) {
            throw new IllegalStateException("merge failed, see " + folder.resolve("bench.log"));
        }
        return measured;
    }

    /** A file of about that many bytes and 10 columns. */
    private Path object(long bytes) throws IOException, SQLException {
        Path file = folder.resolve("object-" + bytes + ".parquet");
        if (!Files.exists(file)) {
            try (DuckDb duckDb = DuckDb.open()) {
                String sql = Files.readString(root.resolve("bench/small.sql"));
                duckDb.execute(sql.replace("${rows}", Long.toString(bytes * SMALL_ROWS / 50_000)));
                duckDb.copy("small", file, 1_000_000, "snappy", "V1");
            }
        }
        return file;
    }

    private int scaled(int count) {
        return (int) Math.max(1, Math.round(count * scale));
    }

    private List<String> glulam(String command, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(root.resolve("glulam").toString(), command));
        all.addAll(arguments);
        all.addAll(options);
        return all;
    }

    private void addRivals(MergeComparison comparison, Path parts) {
        String output = comparison.output().toString();
        if (rivals) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            comparison.with(
                    "DuckDB, SNAPPY",
                    List.of(
                            java,
                            "-cp",
                            System.getProperty("java.class.path"),
                            DuckDbMerge.class.getName(),
                            parts.toString(),
                            output));
        }
        if (polars) {
            comparison.with(
                    "Polars for Node, SNAPPY",
                    List.of(
                            "node",
                            root.resolve("bench/polars.mjs").toString(),
                            parts.resolve("*.parquet").toString(),
                            output,
                            "snappy"));
        }
    }
}
