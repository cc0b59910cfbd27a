package io.glulam.service.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Status;
import io.glulam.service.workflow.Observer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Counts what this server does; the numbers of instances by status are the ledger's, and so all servers' together. No
 * label holds a key or an id. Thread-safe.
 */
public final class Metrics implements Observer {
    private static final List<String> READS = List.of("fullScan", "oneColumn", "pointLookup");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    private final Counter ended = Counter.builder()
            .withoutExemplars()
            .name("glulam_instances_ended_total")
            .help("Instances that have ended, by status.")
            .labelNames("status")
            .register(registry);
    private final Histogram steps = Histogram.builder()
            .name("glulam_step_seconds")
            .help("How long attempts at steps took.")
            .labelNames("step", "result")
            .classicOnly()
            .withoutExemplars()
            .classicUpperBounds(0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900)
            .register(registry);
    private final Histogram phases = Histogram.builder()
            .name("glulam_phase_cpu_seconds")
            .help("Processor time of the phases of compactions.")
            .labelNames("phase")
            .classicOnly()
            .withoutExemplars()
            .classicUpperBounds(0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300)
            .register(registry);
    private final Counter published = counter("glulam_published_total", "Objects that were published.");
    private final Counter nothing = counter("glulam_nothing_to_do_total", "Objects that were left as they were.");
    private final Counter bytesBefore = counter("glulam_bytes_before_total", "Bytes of objects before.");
    private final Counter bytesAfter = counter("glulam_bytes_after_total", "Bytes of the same objects after.");
    private final Counter bytesRead = counter("glulam_bytes_read_total", "Bytes that were read of objects.");
    private final Counter groupsBefore = counter("glulam_row_groups_before_total", "Row groups of objects before.");
    private final Counter groupsAfter = counter("glulam_row_groups_after_total", "Row groups of the same after.");
    private final Histogram reads = Histogram.builder()
            .name("glulam_scan_requests_ratio")
            .help("Requests of a full scan after a compaction, of those before.")
            .classicOnly()
            .withoutExemplars()
            .classicUpperBounds(0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 1)
            .register(registry);

    private final Counter readRequests = Counter.builder()
            .withoutExemplars()
            .name("glulam_read_requests_total")
            .help("Requests of typical reads of the objects compacted, before and after.")
            .labelNames("read", "moment")
            .register(registry);
    private final Counter readBytes = Counter.builder()
            .withoutExemplars()
            .name("glulam_read_bytes_total")
            .help("Bytes of typical reads of the objects compacted, before and after.")
            .labelNames("read", "moment")
            .register(registry);
    private final Gauge saved = Gauge.builder()
            .withoutExemplars()
            .name("glulam_saved_dollars_per_month")
            .help("What the objects compacted since the start save a month, at the scans that are set.")
            .register(registry);
    private final Counter storeRequests = Counter.builder()
            .withoutExemplars()
            .name("glulam_store_requests_total")
            .help("Requests of compactions to the store, by kind.")
            .labelNames("kind")
            .register(registry);
    private final Counter storeBytes = Counter.builder()
            .withoutExemplars()
            .name("glulam_store_bytes_total")
            .help("Bytes that compactions downloaded, uploaded, and had the store copy.")
            .labelNames("way")
            .register(registry);

    private Counter counter(String name, String help) {
        return Counter.builder().withoutExemplars().name(name).help(help).register(registry);
    }

    /** Shows how many instances have each status, from now on. */
    public void watch(Supplier<Ledger> ledger) {
        GaugeWithCallback.builder()
                .name("glulam_instances")
                .help("Instances in the ledger, by status.")
                .labelNames("status")
                .callback(gauge -> {
                    Map<Status, Long> counts = new EnumMap<>(Status.class);
                    ledger.get().counts().forEach(count -> counts.put(count.status(), count.count()));
                    for (Status status : Status.values()) {
                        gauge.call(counts.getOrDefault(status, 0L), status.word());
                    }
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("glulam_heap_bytes")
                .help("Bytes of the heap in use.")
                .callback(gauge -> gauge.call((double) Runtime.getRuntime().totalMemory()
                        - Runtime.getRuntime().freeMemory()))
                .register(registry);
    }

    @Override
    public void stepEnded(String step, boolean success, Duration took) {
        steps.labelValues(step, success ? "success" : "failure").observe(took.toNanos() / 1e9);
    }

    @Override
    public void result(String step, JsonNode output) {
        if (!output.has("published")) {
            return;
        }
        if (!output.path("published").asBoolean()) {
            nothing.inc();
            return;
        }
        published.inc();
        bytesBefore.inc(output.path("before").path("bytes").asDouble());
        groupsBefore.inc(output.path("before").path("rowGroups").asDouble());
        bytesRead.inc(output.path("bytesRead").asDouble());
        if (output.has("after")) {
            bytesAfter.inc(output.path("after").path("bytes").asDouble());
            groupsAfter.inc(output.path("after").path("rowGroups").asDouble());
        }
        for (JsonNode phase : output.path("phases")) {
            phases.labelValues(phase.path("phase").asText())
                    .observe(phase.path("cpuSeconds").asDouble());
        }
        worth(output);
        traffic(output.path("traffic"));
    }

    private void worth(JsonNode output) {
        JsonNode before = output.path("reads").path("before");
        JsonNode after = output.path("reads").path("after");
        if (!after.isObject()) {
            return;
        }
        for (String read : READS) {
            observe(read, "before", before.path(read));
            observe(read, "after", after.path(read));
        }
        saved.inc(output.path("saved").path("dollarsPerMonth").asDouble());
        double scan = before.path("fullScan").path("requests").asDouble();
        if (scan > 0) {
            reads.observe(after.path("fullScan").path("requests").asDouble() / scan);
        }
    }

    private void observe(String read, String moment, JsonNode asked) {
        readRequests.labelValues(read, moment).inc(asked.path("requests").asDouble());
        readBytes.labelValues(read, moment).inc(asked.path("bytes").asDouble());
    }

    private void traffic(JsonNode traffic) {
        traffic.path("requests")
                .fields()
                .forEachRemaining(kind -> storeRequests
                        .labelValues(kind.getKey())
                        .inc(kind.getValue().asDouble()));
        if (traffic.isObject()) {
            storeBytes
                    .labelValues("downloaded")
                    .inc(traffic.path("bytesDownloaded").asDouble());
            storeBytes.labelValues("uploaded").inc(traffic.path("bytesUploaded").asDouble());
            storeBytes.labelValues("copied").inc(traffic.path("bytesCopied").asDouble());
        }
    }

    @Override
    public void instanceEnded(Status status) {
        ended.labelValues(status.word()).inc();
    }

    /** The content type of {@link #text}. */
    public String contentType() {
        return writer.getContentType();
    }

    /** Everything, in Prometheus' text. */
    public byte[] text() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, registry.scrape(), EscapingScheme.ALLOW_UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toByteArray();
    }
}
