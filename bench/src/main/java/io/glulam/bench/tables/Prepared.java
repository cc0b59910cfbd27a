package io.glulam.bench.tables;

import java.util.List;

/**
 * A table that is ready to be compacted.
 *
 * @param state the snapshot or version of the small files
 * @param size number and bytes of its files
 * @param fingerprint number of rows, and a hash of all values
 */
record Prepared(BenchTable table, String state, List<String> size, List<String> fingerprint) {}
