package io.glulam.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder of this process for files that readers open by name: in memory where the system has such a place. */
final class Scratch {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static @Nullable Path folder;

    private Scratch() {}

    static synchronized Path folder() {
        if (folder == null) {
            folder = make();
        }
        return folder;
    }

    private static Path make() {
        try {
            Path made = Files.isWritable(SHARED_MEMORY)
                    ? Files.createTempDirectory(SHARED_MEMORY, "glulam-fuzz")
                    : Files.createTempDirectory("glulam-fuzz");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path made) {
        try (var files = Files.list(made)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(made);
        } catch (IOException e) {
            System.err.println("cannot delete " + made + ": " + e);
        }
    }

    /** Writes a file of that name, over the one before. */
    static Path write(String name, byte[] bytes) {
        try {
            return Files.write(folder().resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
