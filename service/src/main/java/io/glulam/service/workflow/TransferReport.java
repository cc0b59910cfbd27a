package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.CompactionReport;
import io.glulam.CompactionReport.Cost;
import io.glulam.MergeReport;
import io.glulam.ProgressListener.Phase;
import io.glulam.service.json.Json;
import io.glulam.storage.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a compaction or a merge read and wrote, and the time that it took. The result of step 3 holds these fields
 * among others.
 *
 * @param bytesRead of the sources
 * @param bytesWritten to the outputs
 * @param bytesUnpackedForRows decompressed to count rows; null for a merge, which does not report it
 * @param traffic requests to the store
 * @param phases in the order in which they ran
 * @param dropped metadata that the outputs lack, each with its reason, for people
 */
record TransferReport(
        long bytesRead,
        long bytesWritten,
        @Nullable Long bytesUnpackedForRows,
        Traffic traffic,
        List<PhaseTime> phases,
        List<String> dropped) {
    private static final String BYTES_READ = "bytesRead";
    private static final String BYTES_WRITTEN = "bytesWritten";
    private static final String BYTES_UNPACKED = "bytesUnpackedForRows";
    private static final String PHASES = "phases";
    private static final String DROPPED = "dropped";
    private static final double MILLIS = 1e3;

    TransferReport {
        phases = List.copyOf(phases);
        dropped = List.copyOf(dropped);
    }

    /**
     * The duration of a phase.
     *
     * @param phase its name, which another release may have written
     * @param wallSeconds elapsed, to the millisecond
     * @param cpuSeconds of all threads of the process, to the millisecond
     */
    record PhaseTime(String phase, double wallSeconds, double cpuSeconds) {
        private static PhaseTime of(Phase phase, Duration wall, Duration cpu) {
            return new PhaseTime(
                    phase.name().toLowerCase(Locale.ROOT), wall.toMillis() / MILLIS, cpu.toMillis() / MILLIS);
        }
    }

    static TransferReport of(CompactionReport report) {
        Cost cost = report.cost();
        return new TransferReport(
                cost.bytesRead(),
                cost.bytesWritten(),
                cost.bytesUnpackedForRows(),
                cost.traffic(),
                cost.phases().stream()
                        .map(time -> PhaseTime.of(time.phase(), time.wall(), time.cpu()))
                        .toList(),
                report.dropped());
    }

    /** Sums the outputs of a merge. */
    static TransferReport of(MergeReport report) {
        long bytesRead = 0;
        long bytesWritten = 0;
        Map<Phase, Duration> wall = new EnumMap<>(Phase.class);
        Map<Phase, Duration> cpu = new EnumMap<>(Phase.class);
        Set<String> dropped = new LinkedHashSet<>(report.dropped());
        for (CompactionReport output : report.outputs()) {
            bytesRead += output.cost().bytesRead();
            bytesWritten += output.cost().bytesWritten();
            dropped.addAll(output.dropped());
            for (CompactionReport.PhaseTime time : output.cost().phases()) {
                wall.merge(time.phase(), time.wall(), Duration::plus);
                cpu.merge(time.phase(), time.cpu(), Duration::plus);
            }
        }
        List<PhaseTime> phases = new ArrayList<>();
        wall.forEach((phase, time) -> phases.add(PhaseTime.of(phase, time, cpu.getOrDefault(phase, Duration.ZERO))));
        return new TransferReport(bytesRead, bytesWritten, null, report.traffic(), phases, List.copyOf(dropped));
    }

    /** Reads these fields of a result. */
    static TransferReport read(JsonNode result) {
        List<PhaseTime> phases = new ArrayList<>();
        for (JsonNode time : result.path(PHASES)) {
            phases.add(new PhaseTime(
                    Json.requireText(time, "phase"),
                    time.path("wallSeconds").doubleValue(),
                    time.path("cpuSeconds").doubleValue()));
        }
        return new TransferReport(
                result.path(BYTES_READ).longValue(),
                result.path(BYTES_WRITTEN).longValue(),
                Json.nullableLong(result, BYTES_UNPACKED),
                TrafficJson.read(result),
                phases,
                Json.texts(result.path(DROPPED)));
    }

    /** Writes these fields into a result. */
    void write(ObjectNode result) {
        result.put(BYTES_READ, bytesRead);
        result.put(BYTES_WRITTEN, bytesWritten);
        if (bytesUnpackedForRows != null) {
            result.put(BYTES_UNPACKED, bytesUnpackedForRows);
        }
        TrafficJson.write(result, traffic);
        ArrayNode array = result.putArray(PHASES);
        for (PhaseTime time : phases) {
            array.addObject()
                    .put("phase", time.phase())
                    .put("wallSeconds", time.wallSeconds())
                    .put("cpuSeconds", time.cpuSeconds());
        }
        result.set(DROPPED, Json.array(dropped));
    }
}
