package io.glulam.gate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs tests of one module in a process of their own, as the build does. */
final class TestProcess {
    /** Of the tests that run. */
    private static final List<String> OPTIONS =
            List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** As the modules' build files set them. */
    private static final List<String> PROPERTIES =
            List.of("-Djdk.httpclient.allowRestrictedHeaders=host,origin,connection");

    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "AK", "AWS_SECRET_ACCESS_KEY", "very-secret");

    private final Path module;
    private final Path work;
    private final long timeoutSeconds;

    /**
     * @param work folder for temporary files, which is removed afterwards
     * @param timeoutSeconds after which the tests are given up: a slow machine must not pass for a test that fails
     */
    TestProcess(Path module, Path work, long timeoutSeconds) {
        this.module = module;
        this.work = work;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * What the tests did.
     *
     * @param failure the first test that failed; empty if none did
     * @param passed tests that passed
     * @param problem why they could not be run; empty if they could
     */
    record Result(String failure, int passed, String problem) {}

    Result run(String classPath, List<String> tests) throws IOException, InterruptedException {
        Path temporary = Files.createDirectories(work.resolve("tmp"));
        Path log = work.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(PROPERTIES);
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp", classPath, TestRun.class.getName()));
        command.addAll(tests);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(module.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        if (String.valueOf(module.getFileName()).equals("cli")) {
            builder.environment().putAll(CREDENTIALS);
        }
        Process process = builder.start();
        try {
            process.getOutputStream().close(); // No test reads from a terminal.
            return process.waitFor(timeoutSeconds, TimeUnit.SECONDS)
                    ? result(Files.readString(log, StandardCharsets.UTF_8), process.exitValue())
                    : new Result("", 0, "no result after " + timeoutSeconds + " s, which proves nothing");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            removeTree(temporary);
        }
    }

    private static Result result(String log, int exitCode) {
        List<String> lines = log.lines().toList();
        String last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        if (last.startsWith(TestRun.FAILED)) {
            return new Result(last.substring(TestRun.FAILED.length()), 0, "");
        }
        if (exitCode == 0 && last.startsWith(TestRun.PASSED)) {
            int passed = Integer.parseInt(last.substring(TestRun.PASSED.length()));
            return new Result("", passed, passed == 0 ? "no test was found" : "");
        }
        return new Result("", 0, "the tests ended with exit code " + exitCode + ": " + last);
    }

    static void removeTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException failure) throws IOException {
                Files.deleteIfExists(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
