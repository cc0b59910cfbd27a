package io.glulam.bench.input;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A fragmented file to rewrite.
 *
 * @param name for the tables
 * @param file where it lies
 * @param sorted a column whose values rise, for look-ups; null where nobody has named one
 * @param unsorted a column of many values in no order, for look-ups; null where nobody has named one
 */
public record Input(
        String name,
        Path file,
        @Nullable String sorted,
        @Nullable String unsorted) {
    /** Any Parquet file, as somebody named it on the command line. */
    public static Input of(Path file) {
        return new Input(file.getFileName().toString(), file, null, null);
    }
}
