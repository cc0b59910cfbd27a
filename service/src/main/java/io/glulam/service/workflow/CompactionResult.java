package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.FileShape;
import io.glulam.Inspection;
import io.glulam.PlanHash;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanTotals;
import io.glulam.service.json.Json;
import io.glulam.service.worth.Picture;
import io.glulam.service.worth.Prices;
import io.glulam.service.worth.Reads;

/** The plan, the result and the worth of a compaction, as {@code /plan} and {@code /status} show it. */
public final class CompactionResult {
    private final Prices prices;

    public CompactionResult(Prices prices) {
        this.prices = prices;
    }

    /** Returns a result that holds the object before. */
    public ObjectNode before(Inspection before) {
        ObjectNode output = Json.object();
        output.set("before", facts(before.shape()));
        output.putObject("picture").set("before", Picture.of(before.shape()));
        output.putObject("reads").set("before", Reads.of(before).toJson());
        return output;
    }

    /** Adds a plan. */
    public void planned(ObjectNode output, Plan plan, FileShape before) {
        output.put("planHash", PlanHash.of(plan));
        output.put("nothingToDo", plan.isEmpty());
        PlanTotals totals = plan.totals();
        ObjectNode expected = output.putObject("plan");
        expected.put("rowGroups", totals.groups());
        expected.put("expectedBytes", totals.expectedBytes());
        expected.put("bytesKept", totals.keptBytes());
        expected.put("bytesMoved", totals.movedBytes());
        expected.put("bytesRemapped", totals.remappedBytes());
        expected.put("bytesCoalesced", totals.coalescedBytes());
        expected.put("bytesRecoded", totals.recodedBytes());
        output.withObjectProperty("picture").set("after", Picture.expected(plan, before));
    }

    /** Adds the object after, and what its reads save. */
    void finish(ObjectNode output, Inspection after) {
        output.set("after", facts(after.shape()));
        ObjectNode picture = output.withObjectProperty("picture");
        picture.set("after", Picture.made(picture.path("after"), after.shape()));
        ObjectNode reads = output.withObjectProperty("reads");
        Reads readsAfter = Reads.of(after);
        JsonNode before = reads.path("before");
        reads.set("after", readsAfter.toJson());
        output.set(
                "saved",
                prices.saved(
                        Reads.fromJson(before),
                        output.path("before").path("bytes").longValue(),
                        readsAfter,
                        after.shape().bytes()));
    }

    private static JsonNode facts(FileShape shape) {
        ObjectNode json = Json.object();
        json.put("bytes", shape.bytes());
        json.put("rows", shape.rows());
        json.put("rowGroups", shape.rowGroups());
        json.put("fragments", shape.fragments());
        return json;
    }
}
