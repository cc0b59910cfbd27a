package io.glulam.plan;

import org.jspecify.annotations.Nullable;

/**
 * The sources of one output row group.
 *
 * @param sources one for a row group that is kept or written again by itself, more for a merged one
 * @param keptFor why it is kept; null for one that is written again
 * @param rows sum of the sources' rows
 * @param sourceBytes sum of the sources' compressed bytes
 */
public record GroupLayout(RowGroups sources, @Nullable Reason keptFor, long rows, long sourceBytes) {
    public GroupLayout {
        if (sources.isEmpty() || sources.size() > 1 && keptFor != null) {
            throw new IllegalArgumentException("a row group of several cannot be kept");
        }
    }

    /** Returns whether it is written again: merged, or alone where all row groups are. */
    public boolean isMerged() {
        return keptFor == null;
    }
}
