package io.glulam.policy;

import io.glulam.plan.Reason;
import org.jspecify.annotations.Nullable;

/** The input of a layout: the sizes that the footer gives for each row group. */
public interface RowGroupSizes {
    /** How many row groups; at least 0. */
    int count();

    /** Rows of a row group; at least 0. */
    long rows(int rowGroup);

    /** Compressed bytes of a row group's column chunks; at least 0. */
    long compressedSize(int rowGroup);

    /**
     * Why a row group with rows has to stay as it is, whatever its size; null if it may be merged. A planner that
     * finds out that row groups cannot be merged plans again with a reason here.
     */
    default @Nullable Reason mustKeep(int rowGroup) {
        return null;
    }
}
