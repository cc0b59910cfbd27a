package io.glulam.cli;

import com.fasterxml.jackson.core.JsonFactory;
import io.glulam.Compactor;
import io.glulam.plan.Plan;
import io.glulam.s3.S3Stores;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xerial.snappy.Snappy;
import picocli.CommandLine;

/** The command as a process of its own. */
final class CommandProcess {
    /** Of {@code --memory 128MiB}, as the launcher has them. */
    private static final List<String> FLAGS_OF_128_MIB = List.of(
            "-Xmx53m",
            "-XX:MaxDirectMemorySize=11m",
            "-Djdk.nio.maxCachedBufferSize=262144",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-Xss512k",
            "-XX:-UsePerfData",
            "-Dglulam.memory=134217728");

    private CommandProcess() {}

    /** What a run came to, and the most memory that its process had resident, in bytes. */
    record Watched(Run run, long peakBytes) {}

    /** The command line of a run in a Java with {@code flags}. */
    static List<String> command(List<String> flags, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-XX:+UseSerialGC", "-Dnative.encoding=UTF-8", "-Dstdout.encoding=UTF-8"));
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Runs in the 128 MiB that the launcher gives unless told; files of its output lie in {@code folder}. */
    static Watched in128MiB(Path folder, Object... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command(FLAGS_OF_128_MIB, arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
        long peak = 0;
        do {
            peak = Math.max(peak, ServerProcess.peakBytes(process));
        } while (!process.waitFor(10, TimeUnit.MILLISECONDS));
        return new Watched(new Run(process.exitValue(), Files.readString(out), Files.readString(err)), peak);
    }

    /** What the command needs for these tests, without the test libraries, which would not fit a small heap. */
    private static String classPath() {
        return Stream.of(
                        Main.class,
                        Compactor.class,
                        Plan.class,
                        S3Stores.class,
                        CommandLine.class,
                        JsonFactory.class,
                        Snappy.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
