package io.glulam.testkit.oracle;

import io.glulam.testkit.generate.GroupFileReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.parquet.example.data.Group;

/** What parquet-java reads: records, bit for bit, NaN payloads too. */
public final class ParquetJava {
    private ParquetJava() {}

    /**
     * All rows of a file.
     *
     * @param rows their number
     * @param digest of their values, nulls and nesting in this order
     */
    public record Reading(long rows, long digest) {}

    /** Whether parquet-java reads every row of a file. */
    public static boolean canRead(Path file) {
        try {
            readAll(file);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /**
     * Reads every row without filters.
     *
     * @throws IOException or a runtime exception of parquet-java's if it cannot
     */
    public static Reading readAll(Path file) throws IOException {
        try (GroupFileReader reader = GroupFileReader.open(file)) {
            long rows = 0;
            long digest = 0;
            while (reader.hasNext()) {
                digest = RowDigest.mix(digest, RowDigest.of(reader.next()));
                rows++;
            }
            return new Reading(rows, digest);
        }
    }

    /** The first difference in schema, number, order or values of rows. */
    public static Optional<String> firstDifference(Path a, Path b) throws IOException {
        try (GroupFileReader left = GroupFileReader.open(a);
                GroupFileReader right = GroupFileReader.open(b)) {
            if (!left.schema().equals(right.schema())) {
                return Optional.of("schema %s is not %s".formatted(right.schema(), left.schema()));
            }
            for (long row = 0; left.hasNext() && right.hasNext(); row++) {
                Group expected = left.next();
                Group actual = right.next();
                if (RowDigest.of(expected) != RowDigest.of(actual)) {
                    return Optional.of("row %d: %s is not %s".formatted(row, actual, expected));
                }
            }
            return left.hasNext() == right.hasNext()
                    ? Optional.empty()
                    : Optional.of("%d rows, not %d".formatted(right.rows(), left.rows()));
        }
    }
}
