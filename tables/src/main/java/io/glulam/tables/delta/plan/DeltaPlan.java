package io.glulam.tables.delta.plan;

import io.glulam.tables.TablePlan;
import io.glulam.tables.delta.files.FooterLooks;
import io.glulam.tables.delta.log.TableVersion;
import java.util.List;

/**
 * The plan of a compaction.
 *
 * @param version that it starts from
 * @param groups each becomes one file
 * @param looks footers that planning has read
 * @param shown the plan for people
 */
public record DeltaPlan(TableVersion version, List<MergeGroup> groups, FooterLooks looks, TablePlan shown) {
    public DeltaPlan {
        groups = List.copyOf(groups);
    }
}
