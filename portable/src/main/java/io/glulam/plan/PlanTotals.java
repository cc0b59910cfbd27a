package io.glulam.plan;

import io.glulam.plan.OutputGroup.MergedGroup;

/**
 * Sums over a plan. Bytes are compressed ones of row groups, without footer and indexes.
 *
 * @param keptGroups output row groups that are kept
 * @param mergedGroups output row groups that are put together
 * @param mergedSources source row groups that they are made of
 * @param rows of the output
 * @param sourceBytes of all sources that are not dropped
 * @param keptBytes of row groups that are kept
 * @param movedBytes of merged row groups, moved as they are
 * @param remappedBytes of merged row groups, with indices renumbered
 * @param coalescedBytes of merged row groups, joined to larger pages
 * @param recodedBytes of merged row groups, decoded
 * @param expectedBytes of the output, an estimate
 */
public record PlanTotals(
        int keptGroups,
        int mergedGroups,
        int mergedSources,
        long rows,
        long sourceBytes,
        long keptBytes,
        long movedBytes,
        long remappedBytes,
        long coalescedBytes,
        long recodedBytes,
        long expectedBytes) {

    static PlanTotals of(Plan plan) {
        int merged = 0;
        int mergedSources = 0;
        long rows = 0;
        long sourceBytes = 0;
        long keptBytes = 0;
        long moved = 0;
        long remapped = 0;
        long coalesced = 0;
        long recoded = 0;
        long expected = 0;
        for (OutputGroup group : plan.groups()) {
            rows += group.rows();
            sourceBytes += group.sourceBytes();
            expected += group.expectedBytes();
            if (!(group instanceof MergedGroup mergedGroup)) {
                keptBytes += group.sourceBytes();
                continue;
            }
            merged++;
            mergedSources += mergedGroup.sources().size();
            for (ColumnPlan column : mergedGroup.columns()) {
                moved += column.bytesMoved();
                remapped += column.bytesRemapped();
                coalesced += column.bytesCoalesced();
                recoded += column.bytesRecoded();
            }
        }
        int kept = plan.groups().size() - merged;
        return new PlanTotals(
                kept,
                merged,
                mergedSources,
                rows,
                sourceBytes,
                keptBytes,
                moved,
                remapped,
                coalesced,
                recoded,
                expected);
    }

    /** Returns the number of row groups of the output. */
    public int groups() {
        return keptGroups + mergedGroups;
    }
}
