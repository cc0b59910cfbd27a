package io.glulam.wasm;

import io.glulam.plan.ColumnPlan;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How a plan differs from one of the same file, except in the source's version, which the host names, and in sizes that
 * samples foretell, which depend on the codec's implementation.
 */
final class PlanDifference {
    private PlanDifference() {}

    /** Empty if they do not differ. */
    static String of(Plan expected, String json) {
        Plan found = PlanJson.read("plan", json.getBytes(StandardCharsets.UTF_8));
        List<String> mine =
                expected.groups().stream().map(PlanDifference::shape).toList();
        List<String> theirs = found.groups().stream().map(PlanDifference::shape).toList();
        if (!mine.equals(theirs)) {
            return mine + " and " + theirs;
        }
        boolean same = expected.settings().equals(found.settings())
                && expected.columns().equals(found.columns())
                && expected.sourceRowGroups() == found.sourceRowGroups()
                && expected.dropped().equals(found.dropped());
        return same ? "" : "settings, columns or dropped row groups";
    }

    private static String shape(OutputGroup group) {
        String columns = group instanceof MergedGroup merged
                ? String.join(
                        ", ",
                        merged.columns().stream().map(PlanDifference::shape).toList())
                : "kept";
        return group.sources() + " " + group.rows() + " " + group.sourceBytes() + " " + columns;
    }

    private static String shape(ColumnPlan column) {
        return column.tier() + " " + column.reason() + " " + column.bytesMoved() + " " + column.bytesRemapped() + " "
                + column.bytesCoalesced() + " " + column.bytesRecoded() + " " + column.recoding();
    }
}
