package io.glulam.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that holds a file's lock until it is killed. */
final class FileLocker {
    private FileLocker() {}

    /** Locks the file that the first argument names, says so, and waits. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
            channel.lock();
            System.out.println("locked");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** Starts it and waits until the file is locked. */
    static Process start(Path file) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FileLocker.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = process.inputReader().readLine();
        if (!"locked".equals(said)) {
            process.destroyForcibly();
            throw new IOException("the file is not locked: " + said);
        }
        return process;
    }
}
