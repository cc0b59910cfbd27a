package io.glulam.testkit.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that no library writes, and that a reader must read.
 *
 * @param name unique, for the names of tests
 * @param truth whether every claim in it is true
 * @param script knows the expected triplets
 */
public record NastyFile(String name, Truth truth, FileScript script) {
    /** Whether the file keeps to the specification. */
    public enum Truth {
        /** Legal in every detail. */
        LEGAL,
        /** Some claim is false in a way that real writers have made common and that readers tolerate. */
        TOLERATED
    }

    public Path write(Path folder) {
        try {
            return Files.write(folder.resolve(name + ".parquet"), script.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
