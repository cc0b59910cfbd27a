package io.glulam.gate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs tests of one module as the build does, once for each mutation: starting Java and loading its
 * libraries takes longer than most tests. Not thread-safe.
 */
final class TestProcess implements AutoCloseable {
    /** Of the process. */
    private static final List<String> OPTIONS =
            List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    /** As the modules' build files set them. */
    private static final List<String> PROPERTIES =
            List.of("-Djdk.httpclient.allowRestrictedHeaders=host,origin,connection");

    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "AK", "AWS_SECRET_ACCESS_KEY", "very-secret");

    private final Path work;
    private final Process process;
    private final Writer requests;
    private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
    private boolean usable = true;

    /**
     * What the tests did.
     *
     * @param failure the first test that failed; empty if none did
     * @param passed tests that passed
     * @param problem why they could not be run; empty if they could
     */
    record Result(String failure, int passed, String problem) {}

    private TestProcess(Path work, Process process) {
        this.work = work;
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Starts a process in a module's folder.
     *
     * @param work folder for its temporary files, which is removed when it ends
     * @param libraries class path of all its runs
     */
    static TestProcess start(Path module, Path work, String libraries) throws IOException {
        Path temporary = Files.createDirectories(work.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(PROPERTIES);
        command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-cp", libraries, TestRun.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(module.toFile())
                .redirectError(work.resolve("errors").toFile());
        if (String.valueOf(module.getFileName()).equals("cli")) {
            builder.environment().putAll(CREDENTIALS);
        }
        TestProcess started = new TestProcess(work, builder.start());
        Thread reader = new Thread(started::collectReplies, "gate-replies");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    private void collectReplies() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(TestRun.REPLY)) {
                    replies.add(line);
                }
            }
        } catch (IOException closed) {
            // The process was ended.
        }
        replies.add(TestRun.GONE);
    }

    /** Whether more tests can be run in it: not after a timeout, nor where tests have left threads. */
    boolean isUsable() {
        return usable && process.isAlive();
    }

    /**
     * Runs tests.
     *
     * @param folders class files of the project, those that win first
     * @param log file for what the tests print
     * @param timeoutSeconds after which the tests are given up: a slow machine must not pass for a test that fails
     */
    Result run(String folders, List<String> tests, Path log, long timeoutSeconds)
            throws IOException, InterruptedException {
        requests.write(String.join(TestRun.SEPARATOR, log.toString(), folders, String.join(" ", tests)) + "\n");
        requests.flush();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(timeoutSeconds);
        Result result = new Result("", 0, "no result after " + timeoutSeconds + " s, which proves nothing");
        while (true) {
            String line = replies.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                usable = false;
                return result;
            } else if (line.equals(TestRun.READY)) {
                return result;
            } else if (line.equals(TestRun.GONE)) {
                usable = false;
                return result.problem().startsWith("no result") ? new Result("", 0, "the process ended") : result;
            }
            result = result(line);
        }
    }

    private static Result result(String line) {
        if (line.startsWith(TestRun.FAILED)) {
            return new Result(line.substring(TestRun.FAILED.length()), 0, "");
        }
        if (line.startsWith(TestRun.PASSED)) {
            int passed = Integer.parseInt(line.substring(TestRun.PASSED.length()));
            return new Result("", passed, passed == 0 ? "no test was found" : "");
        }
        return new Result("", 0, line);
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        removeTree(work);
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
