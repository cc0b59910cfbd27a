package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.MergeReport.Outcome;
import io.glulam.inputs.PassedOver;
import io.glulam.service.json.Json;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link MergeObjects}.
 *
 * @param merge the inputs and the new objects
 * @param summary of the last run's merge; null if an earlier run had published the only output
 * @param after the new objects; null if there are none
 */
record MergedObjects(
        BegunMerge merge,
        @Nullable Summary summary,
        @Nullable FileTotals after) {
    private static final String OUTCOME = "outcome";
    private static final String PASSED_OVER = "passedOver";
    private static final String LEFT = "left";
    private static final String AFTER = "after";

    /**
     * The end of a merge.
     *
     * @param outcome null if only another release has it
     * @param passedOver how many objects were not merged for each reason, by the reason's name
     * @param left keys of objects that were too few to merge; at most a thousand are named
     * @param transfer bytes and times
     */
    record Summary(
            @Nullable Outcome outcome, Map<String, Integer> passedOver, Set<String> left, TransferReport transfer) {
        Summary {
            passedOver = Collections.unmodifiableMap(new LinkedHashMap<>(passedOver));
            left = Collections.unmodifiableSet(new LinkedHashSet<>(left));
        }

        private static Summary read(JsonNode result) {
            String word = result.path(OUTCOME).textValue();
            Map<String, Integer> passedOver = new LinkedHashMap<>();
            result.path(PASSED_OVER)
                    .fields()
                    .forEachRemaining(count ->
                            passedOver.put(count.getKey(), count.getValue().intValue()));
            return new Summary(
                    Arrays.stream(Outcome.values())
                            .filter(outcome -> outcome.name().equals(word))
                            .findFirst()
                            .orElse(null),
                    passedOver,
                    new LinkedHashSet<>(Json.texts(result.path(LEFT))),
                    TransferReport.read(result));
        }

        private void write(ObjectNode result) {
            if (outcome != null) {
                result.put(OUTCOME, outcome.name());
            }
            ObjectNode counts = result.putObject(PASSED_OVER);
            passedOver.forEach(counts::put);
            result.set(LEFT, Json.array(left));
            transfer.write(result);
        }

        /** Returns whether all objects that were too few to merge are named. */
        private boolean namesAllLeft() {
            return passedOver.getOrDefault(PassedOver.Reason.FEW.name(), 0) == left.size();
        }
    }

    /** Reads the result of this instance's third step. */
    static MergedObjects of(StepContext context) {
        return read(context.result(AnalyzeAndCompact.NAME));
    }

    static MergedObjects read(JsonNode result) {
        return new MergedObjects(
                BegunMerge.read(result),
                result.has(PASSED_OVER) ? Summary.read(result) : null,
                result.has(AFTER) ? FileTotals.read(result.path(AFTER)) : null);
    }

    ObjectNode toJson() {
        ObjectNode result = merge.toJson();
        if (summary != null) {
            summary.write(result);
        }
        result.put(CompactedObject.PUBLISHED, isPublished());
        if (!isPublished()) {
            result.put("nothingToDo", true);
            result.put("reason", reason(summary == null ? null : summary.outcome()));
            return result;
        }
        result.put(OUTCOME, Outcome.MERGED.name());
        if (after != null) {
            result.set(AFTER, after.toJson());
        }
        return result;
    }

    private static String reason(@Nullable Outcome outcome) {
        if (outcome == Outcome.NO_CANDIDATES) {
            return "there is no object to merge";
        }
        return outcome == Outcome.SCHEMAS_DIFFER
                ? "no two objects go together"
                : "every new object would be one of the old ones as it is";
    }

    private boolean isPublished() {
        return !merge.outputs().isEmpty();
    }

    /** Returns when the last object was published; null if none was. */
    @Nullable
    Instant publishedAt() {
        return isPublished() ? merge.publishedAt() : null;
    }

    /** Returns the versions of the new objects, by their keys. */
    Map<String, String> versions() {
        Map<String, String> versions = new LinkedHashMap<>();
        merge.outputs().forEach(output -> versions.put(output.key(), output.version()));
        return versions;
    }

    /** Returns whether the rows of a pinned object are in new objects, or the object would stay as it is. */
    boolean holds(String key) {
        return summary == null || summary.namesAllLeft() && !summary.left().contains(key);
    }
}
