package io.glulam.testkit.generate;

import io.glulam.testkit.generate.WriterSettings.Feature;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Rewrites a file in small row groups with the same schema, rows and key-value metadata, through parquet-java's records.
 * Values keep their bits: parquet-java from 1.18 on reads and writes NaN payloads and −0 as they are (older versions
 * canonicalise NaN when they write). What is not kept: the writer's name, encodings, pages, indexes, statistics and
 * anything else of the layout.
 */
public final class Refragmenter {
    private Refragmenter() {}

    /** Rewrites with {@link WriterSettings#defaults}. */
    public static void refragment(Path source, Path target, int rowsPerGroup) throws IOException {
        refragment(source, target, rowsPerGroup, WriterSettings.defaults());
    }

    /**
     * Rewrites with row groups of {@code rowsPerGroup} rows, the last one smaller. A source without rows gives a file
     * without row groups.
     *
     * @throws IOException or a runtime exception of parquet-java's if it cannot read the source
     */
    public static void refragment(Path source, Path target, int rowsPerGroup, WriterSettings settings)
            throws IOException {
        try (GroupFileReader reader = GroupFileReader.open(source);
                GroupFileWriter writer = GroupFileWriter.create(
                        target, reader.schema(), reader.metadata(), settings.has(Feature.CHECKSUMS))) {
            for (long left = reader.rows(); left > 0; left -= rowsPerGroup) {
                writer.writeRowGroup(settings, reader, Math.min(left, rowsPerGroup));
            }
        }
    }
}
