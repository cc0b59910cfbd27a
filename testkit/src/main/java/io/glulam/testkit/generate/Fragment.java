package io.glulam.testkit.generate;

/**
 * One row group to be written.
 *
 * @param rows its number of rows, at least 1
 */
public record Fragment(int rows, WriterSettings settings) {
    public Fragment {
        if (rows < 1) {
            throw new IllegalArgumentException("a row group needs a row: parquet-java writes none without");
        }
    }
}
