package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.FileShape;
import io.glulam.MergeOptions;
import io.glulam.MergeReport;
import io.glulam.PublishListener.Publication;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.inputs.PassedOver;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.MergeInput;
import io.glulam.service.bucket.PublishHook;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Intent;
import io.glulam.service.ledger.RunLedger;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.MergeRequest;
import io.glulam.storage.ObjectFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Step 3 of a merge: reads the pinned objects, writes, verifies and publishes the new ones. Before it publishes each, it
 * writes down what will appear. After a crash, one new object that is there ends the step; in a folder the folder's manifest
 * tells which objects are merged already, and the merge goes on with the others.
 */
final class MergeObjects implements Step {
    /** Longer than a dead run's lease. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(90);

    private static final long RETRY_MILLIS = 1_000;

    private final Bucket bucket;
    private final RunLedger ledger;
    private final UploadRecord uploads;
    private final CompactionResources resources;
    private final CompactionResult results;
    private final CompactionRequest.Defaults defaults;
    private final Clock clock;

    MergeObjects(
            Bucket bucket,
            RunLedger ledger,
            UploadRecord uploads,
            CompactionResources resources,
            CompactionResult results,
            CompactionRequest.Defaults defaults,
            Clock clock) {
        this.bucket = bucket;
        this.ledger = ledger;
        this.uploads = uploads;
        this.resources = resources;
        this.results = results;
        this.defaults = defaults;
        this.clock = clock;
    }

    @Override
    public String name() {
        return AnalyzeAndCompact.NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        uploads.removeThoseOf(context.run());
        MergeRequest request = MergeRequest.read(context.instance().request(), defaults);
        Optional<Intent> intent = ledger.intent(context.run());
        List<MergeInput> inputs = MergeSteps.inputs(context.result(GetFileMetadata.NAME));
        ObjectNode output = intent.isPresent() ? recovered(intent.get()) : empty(request, inputs);
        boolean published = !output.path(MergeSteps.OUTPUTS).isEmpty();
        if (!published || request.isIntoFolder()) {
            merged(output, merge(context, request, inputs, output));
        }
        return finished(output, request);
    }

    private static ObjectNode empty(MergeRequest request, List<MergeInput> inputs) {
        ObjectNode output = Json.object();
        output.putObject("before")
                .put("files", inputs.size())
                .put("bytes", inputs.stream().mapToLong(MergeInput::size).sum());
        output.put(CompactedObject.KEY, request.target());
        output.putArray(MergeSteps.OUTPUTS);
        return output;
    }

    /** Returns the objects that earlier runs have published: everything that they wrote down but the last, which may be missing. */
    private ObjectNode recovered(Intent intent) {
        ObjectNode output = intent.output().deepCopy();
        ArrayNode outputs = output.withArrayProperty(MergeSteps.OUTPUTS);
        ObjectFacts last = PublishedIntent.find(bucket, intent);
        if (last == null) {
            outputs.remove(outputs.size() - 1);
        } else {
            ((ObjectNode) outputs.get(outputs.size() - 1)).put(MergeSteps.VERSION, last.version());
        }
        output.put("recovered", !outputs.isEmpty());
        return output;
    }

    private MergeReport merge(StepContext context, MergeRequest request, List<MergeInput> inputs, ObjectNode output) {
        MergeOptions options = request.options()
                .withCompaction(resources
                        .options(request.options().compaction().settings())
                        .withProgress(context.progress()));
        UploadRecord.Current begun = uploads.of(context.run());
        PublishHook hook = begun.recording((publication, noBackup) -> intend(context, output, publication));
        long end = clock.millis() + MAX_WAIT.toMillis();
        while (true) {
            try {
                MergeReport report = bucket.merge(inputs, request.target(), options, hook);
                begun.settled();
                return report;
            } catch (StorageFailed failure) {
                if (failure.kind() != StorageFailed.Kind.HELD || clock.millis() > end) {
                    throw failure;
                }
                await();
            } catch (SourceChanged changed) {
                Failure failure = Failure.of(changed);
                throw new StepFailed(
                        failure.name(), failure.message(), "restart the instance, which pins new versions");
            }
        }
    }

    /** Waits for the lease of a run that died. */
    private static void await() {
        try {
            Thread.sleep(RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageFailed.interrupted(Place.UNKNOWN);
        }
    }

    /** Writes down what is about to appear. */
    private void intend(StepContext context, ObjectNode output, Publication publication) {
        String key = bucket.keyOf(publication.target().name());
        output.put(
                CompactedObject.PUBLISHED_AT,
                Instant.ofEpochMilli(clock.millis()).toString());
        output.withArrayProperty(MergeSteps.OUTPUTS)
                .addObject()
                .put(MergeSteps.KEY, key)
                .put(MergeSteps.SIZE, publication.size())
                .put(MergeSteps.VERSION, publication.expectedVersion());
        ledger.intend(
                context.run(),
                new Intent(
                        key,
                        publication.sourceVersion(),
                        publication.planHash(),
                        publication.expectedVersion(),
                        null,
                        output));
    }

    private void merged(ObjectNode output, MergeReport report) {
        output.put("outcome", report.outcome().name());
        if (!output.path("recovered").asBoolean()) {
            output.putObject("before")
                    .put("files", report.inputs().files())
                    .put("bytes", report.inputs().bytes())
                    .put("rows", report.inputs().rows())
                    .put("rowGroups", report.inputs().rowGroups());
        }
        ObjectNode counts = output.putObject("passedOver");
        report.passedOverCounts().forEach((reason, count) -> counts.put(reason.name(), count));
        ArrayNode left = output.putArray(MergeSteps.LEFT);
        report.passedOver().stream()
                .filter(passed -> passed.reason() == PassedOver.Reason.FEW)
                .forEach(passed -> left.add(bucket.keyOf(passed.name())));
        results.add(output, report);
    }

    private JsonNode finished(ObjectNode output, MergeRequest request) {
        ArrayNode outputs = output.withArrayProperty(MergeSteps.OUTPUTS);
        output.put(CompactedObject.PUBLISHED, !outputs.isEmpty());
        if (outputs.isEmpty()) {
            output.put("nothingToDo", true);
            output.put("reason", reason(output.path("outcome").asText()));
            return output;
        }
        output.put("outcome", MergeReport.Outcome.MERGED.name());
        long[] after = new long[4];
        for (JsonNode each : outputs) {
            ObjectNode json = (ObjectNode) each;
            String key = json.path(MergeSteps.KEY).textValue();
            ObjectFacts head = bucket.head(key);
            if (head.size() == json.path(MergeSteps.SIZE).longValue()) {
                json.put(MergeSteps.VERSION, head.version());
            }
            FileShape shape = bucket.inspect(
                            key,
                            resources.options(request.options().compaction().settings()))
                    .shape();
            json.put("rows", shape.rows());
            json.put("rowGroups", shape.rowGroups());
            after[0] += shape.bytes();
            after[1] += shape.rows();
            after[2] += shape.rowGroups();
            after[3] += shape.fragments();
        }
        output.putObject("after")
                .put("files", outputs.size())
                .put("bytes", after[0])
                .put("rows", after[1])
                .put("rowGroups", after[2])
                .put("fragments", after[3]);
        return output;
    }

    private static String reason(String outcome) {
        return switch (outcome) {
            case "NO_CANDIDATES" -> "there is no object to merge";
            case "SCHEMAS_DIFFER" -> "no two objects go together";
            default -> "every new object would be one of the old ones as it is";
        };
    }
}
