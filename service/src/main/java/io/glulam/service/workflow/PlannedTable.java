package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of {@link PlanTable}, as far as later steps go by it.
 *
 * @param work names this compaction in file names and in the table's history
 * @param snapshot that was planned
 * @param digest of the plan's outputs and their sources
 * @param taken positions of the outputs to write, ascending
 * @param leftByCeiling number of outputs that a ceiling leaves out
 * @param bytes of the files that the plan was made for
 */
record PlannedTable(String work, long snapshot, String digest, List<Integer> taken, int leftByCeiling, long bytes) {
    /** Reads the result of this instance's second step. */
    static PlannedTable of(StepContext context) {
        JsonNode result = context.result(GetFileMetadata.NAME);
        List<Integer> taken = new ArrayList<>();
        result.path(PlanTable.TAKEN).forEach(position -> taken.add(position.intValue()));
        return new PlannedTable(
                result.path(PlanTable.WORK).textValue(),
                result.path(PlanTable.SNAPSHOT).longValue(),
                result.path(PlanTable.DIGEST).textValue(),
                List.copyOf(taken),
                result.path(PlanTable.LEFT_BY_CEILING).intValue(),
                result.path("before").path("bytes").longValue());
    }
}
