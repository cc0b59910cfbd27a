package io.glulam.service.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The table of datasets and its columns, as they are called where they are kept.
 *
 * @param schema null for the connection's own
 * @param table the table
 * @param id identifies a dataset
 * @param key holds the object's key; null if there is no such column
 * @param compactionNeeded the flag
 * @param lastCompactedAt when it was compacted
 * @param fileSizeBytes the object's size
 * @param version changes with every change of the row that matters
 */
public record TableNames(
        @Nullable String schema,
        String table,
        String id,
        @Nullable String key,
        String compactionNeeded,
        String lastCompactedAt,
        String fileSizeBytes,
        String version) {
    /** {@code datasets} with {@code id, bucket_key, compaction_needed, last_compacted_at, file_size_bytes, updated_at}. */
    public static final TableNames DEFAULTS = new TableNames(
            null,
            "datasets",
            "id",
            "bucket_key",
            "compaction_needed",
            "last_compacted_at",
            "file_size_bytes",
            "updated_at");

    /** {@code name} as an SQL identifier, whatever it holds. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The table as SQL names it. */
    String qualifiedTable() {
        return (schema == null ? "" : quoted(schema) + ".") + quoted(table);
    }
}
