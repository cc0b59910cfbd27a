package io.glulam.bench.tables;

import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Numbers;
import io.glulam.bench.measure.Stopwatch;
import io.glulam.testkit.line.LineProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What glulam takes to compact tables, beside the procedures of Spark. */
public final class TablesReport {
    /** What can be measured alone. */
    public static final List<String> PARTS =
            List.of("iceberg-plan", "iceberg-stored", "iceberg", "iceberg-small", "delta", "deletes");

    private static final int MANY = 100_000;

    private final SparkProcesses sparks;
    private final GlulamCommand glulam;
    private final double scale;

    /**
     * @param root the project's folder
     * @param folder of inputs and outputs
     * @param scale of the tables' rows and of the number of files in metadata
     */
    public TablesReport(Path root, Path folder, double scale) throws IOException {
        Path tables = folder.resolve("tables");
        Files.createDirectories(tables);
        this.sparks = new SparkProcesses(root, tables);
        this.glulam = new GlulamCommand(root, tables);
        this.scale = scale;
    }

    /** Returns the lines of one of {@link #PARTS}. */
    public String part(String name, int rounds) throws IOException, InterruptedException {
        return switch (name) {
            case "iceberg-plan" -> planning(rounds);
            case "iceberg-stored" -> stored(rounds);
            case "iceberg" -> iceberg(rounds);
            case "iceberg-small" -> small(rounds);
            case "delta" -> delta(rounds);
            case "deletes" -> deletes(rounds);
            default -> throw new IllegalArgumentException("no part of tables: " + name);
        };
    }

    /** Iceberg: 305 MB in four partitions of 50 files. */
    private String iceberg(int rounds) throws IOException, InterruptedException {
        return compared(BenchTable.iceberg("Iceberg", "events", 200, 4, rows(6_800_000)), rounds);
    }

    /** Iceberg: a thousand files of 82 KB. */
    private String small(int rounds) throws IOException, InterruptedException {
        return compared(BenchTable.iceberg("Iceberg", "small", 1_000, 1, rows(1_850_000)), rounds);
    }

    /** Delta: 115 MB in four partitions of 50 files. */
    private String delta(int rounds) throws IOException, InterruptedException {
        Path folder = sparks.folder().resolve("delta");
        return compared(BenchTable.delta("Delta", folder, 200, 4, rows(2_560_000)), rounds);
    }

    /** Iceberg: 1 % of the rows deleted, in runs of 400 rows and uniformly. */
    private String deletes(int rounds) throws IOException, InterruptedException {
        BenchTable runs = BenchTable.iceberg("Iceberg, 1 % deleted in runs", "runs", 200, 4, rows(6_800_000))
                .withDeleted("id DIV 400 % 100 = 7");
        BenchTable uniform = BenchTable.iceberg("Iceberg, 1 % deleted uniformly", "uniform", 200, 4, rows(6_800_000))
                .withDeleted("pmod(xxhash64(id, 11), 100) = 7");
        return compared(runs, rounds) + "\n" + compared(uniform, rounds);
    }

    private String compared(BenchTable table, int rounds) throws IOException, InterruptedException {
        Prepared prepared;
        try (LineProcess spark = sparks.start()) {
            prepared = sparks.prepare(spark, table);
        }
        return new Turns(sparks, glulam, prepared).run(rounds);
    }

    /** Planning from manifests alone. */
    private String planning(int rounds) throws IOException, InterruptedException {
        int count = (int) Math.max(1_000, MANY * scale);
        String name = "many" + count;
        if (!Files.exists(sparks.folder().resolve("warehouse/db").resolve(name))) {
            try (LineProcess spark = sparks.start()) {
                spark.ask("CREATE NAMESPACE IF NOT EXISTS local.db");
                spark.ask(ManyFiles.create("local.db." + name));
                spark.ask("ADD FILES local.db." + name + " " + count);
            }
        }
        List<String> command = glulam.launcher(glulam.arguments("plan", "iceberg:local.db." + name, List.of("--json")));
        double[] wall = new double[rounds];
        double[] processor = new double[rounds];
        long peak = 0;
        for (int round = 0; round < rounds; round++) {
            Measured measured = Stopwatch.run(command, sparks.folder().resolve("none"), sparks.log());
            if (measured.exitCode() != 0) {
                throw new IllegalStateException("glulam plan failed, see " + sparks.log());
            }
            wall[round] = measured.seconds();
            processor[round] = measured.processorSeconds();
            peak = Math.max(peak, measured.peakResident());
        }
        return "| files in manifests | columns with metrics | `plan`, cold: wall | processor | peak memory |\n"
                + "|---|---|---|---|---|\n"
                + Numbers.format(
                        "| %,d | %d | %.2f s | %.2f s | %s |%n",
                        count,
                        ManyFiles.COLUMNS,
                        Numbers.median(wall),
                        Numbers.median(processor),
                        Numbers.mebibytes(peak));
    }

    /** Five small files, a REST catalog and a store. */
    private String stored(int rounds) throws IOException, InterruptedException {
        return new StoredTable(sparks, glulam).run(rounds);
    }

    private long rows(long full) {
        return Math.max(10_000, (long) (full * scale));
    }
}
