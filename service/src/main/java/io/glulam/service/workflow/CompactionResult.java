package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.CompactionReport;
import io.glulam.FileShape;
import io.glulam.Inspection;
import io.glulam.MergeReport;
import io.glulam.PlanHash;
import io.glulam.ProgressListener.Phase;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanTotals;
import io.glulam.service.json.Json;
import io.glulam.service.worth.Picture;
import io.glulam.service.worth.Prices;
import io.glulam.service.worth.Reads;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The plan, the result and the worth of a compaction, as {@code /plan} and {@code /status} show it. */
public final class CompactionResult {
    private final Prices prices;

    public CompactionResult(Prices prices) {
        this.prices = prices;
    }

    /** The object as it is. */
    public ObjectNode before(Inspection before) {
        ObjectNode output = Json.object();
        output.set("before", facts(before.shape()));
        output.putObject("picture").set("before", Picture.of(before.shape()));
        output.putObject("reads").set("before", Reads.of(before).toJson());
        return output;
    }

    /** Adds what a plan does. */
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

    /** Adds the bytes that it moved, and the time. */
    void add(ObjectNode output, CompactionReport report) {
        output.put("bytesRead", report.bytesRead());
        output.put("bytesWritten", report.bytesWritten());
        output.put("bytesUnpackedForRows", report.bytesUnpackedForRows());
        add(output, report.traffic());
        ArrayNode phases = output.putArray("phases");
        report.phases().forEach(phase -> add(phases, phase.phase(), phase.wall(), phase.cpu()));
        ArrayNode dropped = output.putArray("dropped");
        report.dropped().forEach(dropped::add);
    }

    /** As {@link #add(ObjectNode, CompactionReport)}, of all new objects of a merge together. */
    void add(ObjectNode output, MergeReport report) {
        long read = 0;
        long written = 0;
        Map<Phase, Duration> wall = new EnumMap<>(Phase.class);
        Map<Phase, Duration> cpu = new EnumMap<>(Phase.class);
        Set<String> lost = new LinkedHashSet<>(report.dropped());
        for (CompactionReport one : report.outputs()) {
            read += one.bytesRead();
            written += one.bytesWritten();
            lost.addAll(one.dropped());
            for (CompactionReport.PhaseTime phase : one.phases()) {
                wall.merge(phase.phase(), phase.wall(), Duration::plus);
                cpu.merge(phase.phase(), phase.cpu(), Duration::plus);
            }
        }
        output.put("bytesRead", read);
        output.put("bytesWritten", written);
        add(output, report.traffic());
        ArrayNode phases = output.putArray("phases");
        wall.forEach((phase, time) -> add(phases, phase, time, cpu.getOrDefault(phase, Duration.ZERO)));
        ArrayNode dropped = output.putArray("dropped");
        lost.forEach(dropped::add);
    }

    private static void add(ArrayNode phases, Phase phase, Duration wall, Duration cpu) {
        ObjectNode json = phases.addObject();
        json.put("phase", phase.name().toLowerCase(Locale.ROOT));
        json.put("wallSeconds", wall.toMillis() / 1e3);
        json.put("cpuSeconds", cpu.toMillis() / 1e3);
    }

    static void add(ObjectNode output, Traffic traffic) {
        if (traffic.requests().isEmpty()) {
            return;
        }
        ObjectNode json = output.putObject("traffic");
        json.put("bytesDownloaded", traffic.downloaded());
        json.put("bytesUploaded", traffic.uploaded());
        json.put("bytesCopied", traffic.copied());
        ObjectNode requests = json.putObject("requests");
        for (RequestKind kind : RequestKind.values()) {
            if (traffic.count(kind) > 0) {
                requests.put(kind.name(), traffic.count(kind));
            }
        }
    }

    /** Adds the result, and its worth. */
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
