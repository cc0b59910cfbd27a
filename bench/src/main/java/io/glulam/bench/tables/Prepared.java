package io.glulam.bench.tables;

import java.util.List;
import java.util.Map;

/**
 * A table that is ready to be compacted.
 *
 * @param state the snapshot or version of the small files
 * @param size number and bytes of its files
 * @param fingerprint number of rows, and a hash of all values
 */
record Prepared(BenchTable table, String state, List<String> size, List<String> fingerprint) {
    long bytes() {
        return Long.parseLong(size.get(1));
    }

    /** The options by which each partition becomes some {@code count} files. */
    Map<String, String> manyFiles(int count) {
        long target = Math.max(1, bytes() / table.partitions() / count);
        return Map.of(
                "rewrite-all",
                "true",
                "target-file-size-bytes",
                Long.toString(target),
                "max-file-size-bytes",
                Long.toString(2 * target));
    }
}
