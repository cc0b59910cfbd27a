package io.glulam.plan;

import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import java.util.Arrays;
import java.util.List;

/**
 * The plan of a run on one source, with its reasons. An immutable value that is printed ({@link PlanText}), saved and read
 * ({@link PlanJson}), hashed and executed.
 *
 * @param source the version that the plan is for
 * @param settings what the plan was made with
 * @param columns dotted paths of the leaf columns, in schema order
 * @param sourceRowGroups how many row groups the source has
 * @param groups the output's row groups in their order; they and {@code dropped} use each source row group once
 * @param dropped row groups without rows, which the output leaves out
 */
public record Plan(
        SourceIdentity source,
        Settings settings,
        List<String> columns,
        int sourceRowGroups,
        List<OutputGroup> groups,
        RowGroups dropped) {
    /** @throws IllegalArgumentException if row groups or columns are missing, repeated or unknown */
    public Plan {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
        requireColumns(groups, columns.size());
        requireEverySourceOnce(groups, dropped, sourceRowGroups);
        requireOrderUnlessMerged(groups);
    }

    /** Returns whether there is nothing to do: every row group stays, where it is. */
    public boolean isEmpty() {
        return dropped.isEmpty() && groups.stream().noneMatch(MergedGroup.class::isInstance);
    }

    /** Returns the sums over all row groups. */
    public PlanTotals totals() {
        return PlanTotals.of(this);
    }

    private static void requireColumns(List<OutputGroup> groups, int columns) {
        for (OutputGroup group : groups) {
            if (!(group instanceof MergedGroup merged)) {
                continue;
            }
            if (merged.columns().size() != columns) {
                throw new IllegalArgumentException("row groups " + merged.sources() + " are planned with "
                        + merged.columns().size() + " columns, but the schema has " + columns);
            }
            for (int leaf = 0; leaf < columns; leaf++) {
                if (merged.columns().get(leaf).leaf() != leaf) {
                    throw new IllegalArgumentException("row groups " + merged.sources() + " are planned with column "
                            + merged.columns().get(leaf).leaf() + " where column " + leaf + " is due");
                }
            }
        }
    }

    private static void requireEverySourceOnce(List<OutputGroup> groups, RowGroups dropped, int sourceRowGroups) {
        int count = dropped.ranges();
        for (OutputGroup group : groups) {
            count += group instanceof MergedGroup merged ? merged.sources().ranges() : 1;
        }
        long[] ranges = new long[count];
        int filled = add(dropped, ranges, 0);
        for (OutputGroup group : groups) {
            filled = add(group.sources(), ranges, filled);
        }
        Arrays.sort(ranges);
        long due = 0;
        for (long range : ranges) {
            if (range >> 32 != due) {
                throw new IllegalArgumentException("row group " + Math.min(due, range >> 32)
                        + (range >> 32 < due ? " is planned twice" : " is not planned"));
            }
            due = (range & 0xFFFF_FFFFL) + 1;
        }
        if (due != sourceRowGroups) {
            throw new IllegalArgumentException(due + " row groups are planned, but the source has " + sourceRowGroups);
        }
    }

    /** Adds the ranges as numbers that sort by their first row group. */
    private static int add(RowGroups sources, long[] ranges, int filled) {
        int next = filled;
        for (int range = 0; range < sources.ranges(); range++) {
            ranges[next++] = (long) sources.rangeFirst(range) << 32 | sources.rangeLast(range);
        }
        return next;
    }

    private static void requireOrderUnlessMerged(List<OutputGroup> groups) {
        int before = -1;
        boolean ascending = true;
        for (OutputGroup group : groups) {
            if (!(group instanceof KeptGroup kept)) {
                return;
            }
            ascending &= kept.rowGroup() > before;
            before = kept.rowGroup();
        }
        if (!ascending) {
            throw new IllegalArgumentException("row groups change their places though none is merged");
        }
    }
}
