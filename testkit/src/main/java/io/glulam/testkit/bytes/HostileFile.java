package io.glulam.testkit.bytes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A file that must be refused, or at least never crash, hang or exhaust whoever reads it.
 *
 * @param name unique, for the names of tests
 * @param harm what is wrong with it
 * @param bytes makes the file
 */
public record HostileFile(String name, Harm harm, Supplier<byte[]> bytes) {
    /** Where the damage shows. */
    public enum Harm {
        /** The footer cannot be used, so the file cannot be opened. */
        FOOTER,
        /** Reading some page or its values must fail. */
        PAGES,
        /** The values can be read; a claim about them is false or leads nowhere. */
        CLAIMS
    }

    public Path write(Path folder) {
        try {
            return Files.write(folder.resolve(name + ".parquet"), bytes.get());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
