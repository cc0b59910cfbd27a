package io.glulam.plan;

/**
 * The basis of the estimate of a column's size: contiguous windows of its values, taken over the whole of what is
 * merged, decoded, and encoded in every way that was considered.
 *
 * @param windows how many
 * @param values in them, nulls included
 * @param bytes compressed bytes of the pages that were read for them
 * @param distinct distinct values expected in the row group; -1 where nothing was estimated
 * @param cheapest bytes expected of the cheapest safe tier, to compare with what was chosen
 */
public record Sample(int windows, long values, long bytes, long distinct, long cheapest) {
    public Sample {
        if (windows < 0 || values < 0 || bytes < 0 || distinct < -1 || cheapest < 0) {
            throw new IllegalArgumentException("a sample's counts cannot be negative");
        }
    }
}
