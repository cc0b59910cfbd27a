package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link PlanTable}, as far as later steps go by it: what is pinned and chosen, and some of what
 * {@link TablePlanJson} writes.
 *
 * @param pin the names and outputs of this compaction
 * @param snapshot that was planned
 * @param bytes of the files that the plan was made for
 * @param nothingToDo why a compaction would write nothing; null if it would write something
 * @param left files that a compaction leaves, by reason
 */
record PlannedTable(
        Pin pin, long snapshot, long bytes, @Nullable String nothingToDo, List<LeftFilesJson> left) {
    private static final String WORK = "work";
    private static final String DIGEST = "digest";

    PlannedTable {
        left = List.copyOf(left);
    }

    /**
     * The names and outputs of a compaction, the same after a crash.
     *
     * @param work names this compaction in file names and in the table's history
     * @param digest of the plan's outputs and their sources
     * @param taken the outputs to write
     */
    record Pin(String work, String digest, TakenOutputs taken) {
        private static Pin read(JsonNode result) {
            return new Pin(Json.requireText(result, WORK), Json.requireText(result, DIGEST), TakenOutputs.read(result));
        }

        /** Writes these fields into a plan. */
        void write(ObjectNode plan) {
            plan.put(WORK, work);
            plan.put(DIGEST, digest);
            taken.write(plan);
        }
    }

    /** Reads the result of this instance's second step. */
    static PlannedTable of(StepContext context) {
        return read(context.result(GetFileMetadata.NAME));
    }

    static PlannedTable read(JsonNode result) {
        return new PlannedTable(
                Pin.read(result),
                result.path(TablePlanJson.SNAPSHOT).longValue(),
                result.path(TablePlanJson.BEFORE).path(TablePlanJson.BYTES).longValue(),
                result.path(TablePlanJson.NOTHING_TO_DO).booleanValue()
                        ? result.path(TablePlanJson.REASON).asText()
                        : null,
                LeftFilesJson.read(result.path(TablePlanJson.LEFT)));
    }

    /** Returns the name of this compaction. */
    String work() {
        return pin.work();
    }

    /** Returns the positions of the outputs to write, ascending. */
    List<Integer> taken() {
        return pin.taken().positions();
    }

    /** Returns why no file was written, for people. */
    String whyNothing() {
        if (nothingToDo != null) {
            return nothingToDo;
        }
        String ceiling = pin.taken().ceiling();
        return ceiling == null ? "no output can be made; the plan tells why" : ceiling;
    }
}
