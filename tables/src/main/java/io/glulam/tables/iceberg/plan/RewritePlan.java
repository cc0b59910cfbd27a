package io.glulam.tables.iceberg.plan;

import io.glulam.tables.TablePlan;
import io.glulam.tables.planning.LeftTally;
import java.util.List;

/**
 * The plan of a compaction.
 *
 * @param snapshotId the snapshot that was read; -1 if there is none
 * @param sequenceNumber of that snapshot
 * @param outputs the files to write, in order
 * @param reach which deletes apply to which files
 * @param left the files that are left, to which carrying out the plan can add
 * @param summary the plan for people
 */
public record RewritePlan(
        long snapshotId,
        long sequenceNumber,
        List<PlannedOutput> outputs,
        DeleteReach reach,
        LeftTally left,
        TablePlan summary) {
    public RewritePlan {
        outputs = List.copyOf(outputs);
    }
}
