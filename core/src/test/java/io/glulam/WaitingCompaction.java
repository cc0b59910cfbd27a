package io.glulam;

import io.glulam.Aftermath.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A compaction in a process of its own. The process warms up and waits for its start, so that the test kills the
 * compaction and not the start of the virtual machine.
 */
final class WaitingCompaction implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private WaitingCompaction(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Arguments: mode, folder of the files, folder for warming up. */
    public static void main(String[] arguments) throws IOException {
        Mode mode = Mode.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        Path warm = Files.createDirectories(Path.of(arguments[2]));
        mode.prepare(warm, Files.readAllBytes(folder.resolve(Aftermath.SOURCE)));
        mode.run(warm);
        System.out.println("ready");
        if (System.in.read() >= 0) {
            mode.run(folder);
            System.out.println("done");
        }
    }

    /**
     * Starts the process.
     *
     * @param folder with what the mode has prepared
     * @param temporary folder for temporary files
     */
    static WaitingCompaction start(Mode mode, Path folder, Path temporary) throws IOException {
        Files.createDirectories(temporary);
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                WaitingCompaction.class.getName(),
                mode.name(),
                folder.toString(),
                temporary.resolve("warm").toString());
        return new WaitingCompaction(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits until it is warm, then lets it begin. */
    void begin() throws IOException {
        await("ready");
        process.outputWriter().write("go\n");
        process.outputWriter().flush();
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() throws IOException {
        await("done");
    }

    private void await(String expected) throws IOException {
        for (String line = output.readLine(); !expected.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new IOException("the process ended early");
            }
        }
    }

    /** Kills it (SIGKILL) after so many nanoseconds, if it still lives. */
    void killAfter(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
        close();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
