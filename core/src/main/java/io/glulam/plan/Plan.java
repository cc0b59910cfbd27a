package io.glulam.plan;

import io.glulam.plan.OutputGroup.MergedGroup;
import java.util.List;

/**
 * What a run will do to one source, and why. An immutable value that is printed ({@link PlanText}), saved and read
 * ({@link PlanJson}), hashed and executed. Two plans are equal if and only if they make the same bytes of the same
 * source.
 *
 * @param source the version that the plan is for
 * @param settings what the plan was made with
 * @param columns dotted paths of the leaf columns, in schema order
 * @param sourceRowGroups how many row groups the source has
 * @param groups the output's row groups in their order
 * @param dropped row groups without rows, which the output leaves out
 */
public record Plan(
        SourceIdentity source,
        Settings settings,
        List<String> columns,
        int sourceRowGroups,
        List<OutputGroup> groups,
        Sources dropped) {
    public Plan {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
        for (OutputGroup group : groups) {
            if (group instanceof MergedGroup merged) {
                requireColumns(merged, columns.size());
            }
        }
    }

    /** Whether there is nothing to do: every row group stays, where it is. */
    public boolean isEmpty() {
        if (!dropped.isEmpty()) {
            return false;
        }
        for (OutputGroup group : groups) {
            if (group instanceof MergedGroup) {
                return false;
            }
        }
        return true;
    }

    private static void requireColumns(MergedGroup merged, int columns) {
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
