package io.glulam.bench.tables;

import io.glulam.testkit.line.LineProcess;
import io.glulam.testkit.line.Spark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts processes of Spark on one folder of tables.
 *
 * @param root the project's folder
 * @param folder of the catalog and of the tables
 */
record SparkProcesses(Path root, Path folder) {
    private static final String HEAP = "4g";

    /** Starts one. */
    LineProcess start() throws IOException {
        return start(Map.of());
    }

    /** Starts one with more settings of its session. */
    LineProcess start(Map<String, String> more) throws IOException {
        return LineProcess.start(Spark.command(root, "spark41", folder, HEAP, more), log());
    }

    /**
     * Starts one with more settings of its session.
     *
     * @param jars on its class path, besides Spark's
     * @param home where it takes Spark to be installed
     */
    LineProcess start(Map<String, String> more, List<String> jars, Path home) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "SPARK_HOME=" + home));
        command.addAll(Spark.command(root, "spark41", folder, HEAP, more));
        int path = command.indexOf("-cp") + 1;
        command.set(path, String.join(":", jars) + ":" + command.get(path));
        return LineProcess.start(command, log());
    }

    /** Starts one with executors of one core and 1 GiB each, and with Glulam. Spark looks for its jars in a folder, which is empty. */
    LineProcess cluster(int executors) throws IOException {
        String jar = glulam().toString();
        Map<String, String> settings = new HashMap<>();
        settings.put("spark.master", "local-cluster[" + executors + ",1,1024]");
        settings.put("spark.executor.memory", "1024m");
        settings.put("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
        settings.put("spark.executor.extraClassPath", jar + ":" + classPath());
        settings.put("spark.sql.catalog.glulam", "io.glulam.spark.GlulamCatalog");
        return start(settings, List.of(jar), folder.resolve("home"));
    }

    /** Returns Glulam's jar for Spark. */
    Path glulam() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("spark/target"))) {
            return files.filter(file -> file.getFileName().toString().matches("glulam-spark-4_2\\.13-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no jar: mvn -pl spark -am -DskipTests package"));
        }
    }

    /** Returns the command of another program with Spark's flags, and with {@code jars} before Spark's. */
    List<String> program(String main, List<String> jars, List<String> arguments) throws IOException {
        List<String> command = Spark.command(root, "spark41", folder, HEAP, Map.of());
        int path = command.indexOf("-cp") + 1;
        List<String> program = new ArrayList<>(command.subList(0, path));
        program.add(String.join(":", jars) + ":" + command.get(path));
        program.add(main);
        program.addAll(arguments);
        return program;
    }

    /** Returns Spark's class path. */
    String classPath() throws IOException {
        List<String> command = Spark.command(root, "spark41", folder, HEAP, Map.of());
        return command.get(command.indexOf("-cp") + 1);
    }

    /** What all processes say besides their answers. */
    Path log() {
        return folder.resolve("bench.log");
    }

    /** Makes a table if it is not there yet, and looks at it. */
    Prepared prepare(LineProcess spark, BenchTable table) throws IOException {
        if (!exists(table)) {
            System.err.println("making " + table.relation() + " ...");
            spark.ask("CREATE NAMESPACE IF NOT EXISTS local.db");
            spark.ask(table.create(query(table.rows(), table.files(), table.partitions())));
        }
        if (!table.deleted().isEmpty() && table.hasRowsToDelete(spark)) {
            spark.ask(table.delete());
        }
        List<String> size = table.size(spark);
        if (!size.get(0).equals(Integer.toString(table.files()))) {
            throw new IllegalStateException(
                    table.relation() + " has other files than it was made with: delete " + folder);
        }
        return new Prepared(table, table.state(spark), size, table.fingerprint(spark));
    }

    /** The query that gives a table's rows, of which each task writes a file. */
    String query(long rows, int files, int partitions) throws IOException {
        return Files.readString(root.resolve("bench/tables.sql"))
                .replaceAll("(?m)^--.*$", "")
                .replace("${rows}", Long.toString(rows))
                .replace("${files}", Integer.toString(files))
                .replace("${partitions}", Integer.toString(partitions));
    }

    private boolean exists(BenchTable table) {
        if (table.delta()) {
            return Files.isDirectory(table.folder());
        }
        return Files.exists(folder.resolve("warehouse/db").resolve(table.folder()));
    }
}
