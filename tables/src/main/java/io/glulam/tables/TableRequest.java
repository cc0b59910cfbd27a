package io.glulam.tables;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request for a compaction or plan of a table.
 *
 * @param options by the names that the format's users know, such as {@code target-file-size-bytes}; the format refuses
 *     names that it does not know
 * @param where a filter on partitions, in the format's SQL; null for the whole table
 * @param branch the branch to read and to commit to; null for the main branch. Delta has none
 * @param maxFooters the number of footers that planning may read at most
 * @param applyDeletes whether files to which position deletes or deletion vectors apply are merged without the deleted
 *     rows; else they are left
 */
public record TableRequest(
        Map<String, String> options,
        @Nullable String where,
        @Nullable String branch,
        int maxFooters,
        boolean applyDeletes) {
    /** The number of footers that planning reads at most unless told. */
    public static final int MAX_FOOTERS = 1_000;

    public TableRequest {
        options = Map.copyOf(options);
    }

    /** Returns the whole table, with default options. */
    public static TableRequest defaults() {
        return new TableRequest(Map.of(), null, null, MAX_FOOTERS, false);
    }

    public TableRequest withOptions(Map<String, String> other) {
        return new TableRequest(other, where, branch, maxFooters, applyDeletes);
    }

    public TableRequest withWhere(@Nullable String other) {
        return new TableRequest(options, other, branch, maxFooters, applyDeletes);
    }

    public TableRequest withBranch(@Nullable String other) {
        return new TableRequest(options, where, other, maxFooters, applyDeletes);
    }

    public TableRequest withMaxFooters(int other) {
        return new TableRequest(options, where, branch, other, applyDeletes);
    }

    public TableRequest withApplyDeletes(boolean other) {
        return new TableRequest(options, where, branch, maxFooters, other);
    }
}
