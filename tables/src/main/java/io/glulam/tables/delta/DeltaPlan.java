package io.glulam.tables.delta;

import io.glulam.tables.TablePlan;
import io.glulam.tables.delta.log.TableVersion;
import java.util.List;

/**
 * What a compaction will do.
 *
 * @param version that it starts from
 * @param groups each becomes one file
 * @param looks footers that planning has read
 * @param shown the plan for people
 */
record DeltaPlan(TableVersion version, List<MergeGroup> groups, FooterLooks looks, TablePlan shown) {
    DeltaPlan {
        groups = List.copyOf(groups);
    }
}
