package io.glulam;

import io.glulam.plan.Plan;
import io.glulam.storage.Traffic;
import java.util.List;

/**
 * A plan and what it takes of a store.
 *
 * @param plan what would be done
 * @param dropped a line for each kind of damaged index, filter or statistic that the new file would leave out; of a local
 *     file only, and only as far as it shows before rows are counted and dictionary indices are read
 * @param spent what making it has asked of the store: it fetches what would be merged
 * @param expected what carrying it out in place will ask, planning included; nothing for a local file
 */
public record PlanPreview(Plan plan, List<String> dropped, Traffic spent, Traffic expected) {
    public PlanPreview {
        dropped = List.copyOf(dropped);
    }
}
