package io.glulam.bench.tables;

import io.glulam.testkit.line.LineProcess;
import io.glulam.testkit.line.Spark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How glulam is started on a table: by its launcher, or as one process for many commands with the launcher's flags. */
final class GlulamCommand {
    private final Path root;
    private final Path folder;

    /**
     * @param root the project's folder
     * @param folder of the catalog and of the tables
     */
    GlulamCommand(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** Arguments of a command on a table of the catalog {@code local}, or on a Delta table. */
    List<String> arguments(String command, String address, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(command, address));
        if (address.startsWith("iceberg:")) {
            Spark.catalog(folder).forEach((key, value) -> {
                arguments.add("--catalog-property");
                arguments.add(key + "=" + value);
            });
        }
        arguments.addAll(more);
        return arguments;
    }

    /** The command by the launcher, on the bench's own Java. */
    List<String> launcher(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "env",
                "GLULAM_JAVA=" + System.getProperty("java.home"),
                root.resolve("glulam").toString()));
        command.addAll(arguments);
        return command;
    }

    /** A process that runs commands, with the memory and the flags that the launcher gives to one on a table. */
    LineProcess process(Path log) throws IOException {
        Path lib = root.resolve("cli/target/app/glulam/lib");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx123m",
                "-XX:MaxDirectMemorySize=21m",
                "-Djdk.nio.maxCachedBufferSize=262144",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=32m",
                "-Xss512k",
                "-Dglulam.memory=268435456",
                "-Dpicocli.converters.excludes=.*",
                "-cp",
                root.resolve("bench/target/classes") + ":" + root.resolve("testkit/target/classes") + ":" + jar(lib)
                        + ":" + lib.resolve("tables") + "/*",
                WarmGlulam.class.getName());
        return LineProcess.start(command, log);
    }

    private static Path jar(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.getFileName().toString().startsWith("glulam-cli-"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
