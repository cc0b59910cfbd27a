package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The files before or after a merge or a commit, summed.
 *
 * @param files how many
 * @param bytes sum of their sizes
 * @param rows sum of their rows; null if they were not counted
 * @param rowGroups sum of their row groups; null if they were not counted
 * @param fragments how many of the row groups are fragments; null if they were not counted
 */
record FileTotals(
        long files,
        long bytes,
        @Nullable Long rows,
        @Nullable Long rowGroups,
        @Nullable Long fragments) {
    private static final String FILES = "files";
    private static final String BYTES = "bytes";
    private static final String ROWS = "rows";
    private static final String ROW_GROUPS = "rowGroups";
    private static final String FRAGMENTS = "fragments";

    /** Returns the totals of files that were not opened. */
    static FileTotals of(long files, long bytes) {
        return new FileTotals(files, bytes, null, null, null);
    }

    static FileTotals read(JsonNode json) {
        return new FileTotals(
                json.path(FILES).longValue(),
                json.path(BYTES).longValue(),
                Json.nullableLong(json, ROWS),
                Json.nullableLong(json, ROW_GROUPS),
                Json.nullableLong(json, FRAGMENTS));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put(FILES, files);
        json.put(BYTES, bytes);
        putIfCounted(json, ROWS, rows);
        putIfCounted(json, ROW_GROUPS, rowGroups);
        putIfCounted(json, FRAGMENTS, fragments);
        return json;
    }

    private static void putIfCounted(ObjectNode json, String field, @Nullable Long count) {
        if (count != null) {
            json.put(field, count);
        }
    }
}
