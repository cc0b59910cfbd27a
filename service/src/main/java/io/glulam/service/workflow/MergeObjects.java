package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.glulam.service.ledger.Intent;
import io.glulam.service.ledger.RunLedger;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.MergeRequest;
import io.glulam.service.workflow.BegunMerge.Output;
import io.glulam.storage.ObjectFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final CompactionRequest.Defaults defaults;
    private final Clock clock;

    MergeObjects(
            Bucket bucket,
            RunLedger ledger,
            UploadRecord uploads,
            CompactionResources resources,
            CompactionRequest.Defaults defaults,
            Clock clock) {
        this.bucket = bucket;
        this.ledger = ledger;
        this.uploads = uploads;
        this.resources = resources;
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
        PinnedInputs pinned = PinnedInputs.of(context);
        BegunMerge begun = ledger.intent(context.run())
                .map(this::recovered)
                .orElseGet(() -> BegunMerge.of(pinned, request.target()));
        if (!begun.outputs().isEmpty() && !request.isIntoFolder()) {
            return finished(begun, null, request).toJson();
        }
        Attempt attempt = new Attempt(context, request, begun);
        MergeReport report = attempt.merge(pinned.inputs());
        return finished(attempt.counted(report), summary(report), request).toJson();
    }

    /** Returns the objects that earlier runs have published. Of those that they wrote down, only the last can be missing. */
    private BegunMerge recovered(Intent intent) {
        return BegunMerge.read(intent.output()).found(PublishedIntent.find(bucket, intent));
    }

    private MergedObjects.Summary summary(MergeReport report) {
        Map<String, Integer> passedOver = new LinkedHashMap<>();
        report.passedOverCounts().forEach((reason, count) -> passedOver.put(reason.name(), count));
        Set<String> left = new LinkedHashSet<>();
        report.passedOver().stream()
                .filter(passed -> passed.reason() == PassedOver.Reason.FEW)
                .forEach(passed -> left.add(bucket.keyOf(passed.name())));
        return new MergedObjects.Summary(report.outcome(), passedOver, left, TransferReport.of(report));
    }

    /** Looks at the new objects. */
    private MergedObjects finished(BegunMerge merge, MergedObjects.@Nullable Summary summary, MergeRequest request) {
        if (merge.outputs().isEmpty()) {
            return new MergedObjects(merge, summary, null);
        }
        List<Output> outputs = new ArrayList<>();
        long bytes = 0;
        long rows = 0;
        long rowGroups = 0;
        long fragments = 0;
        for (Output output : merge.outputs()) {
            ObjectFacts head = bucket.head(output.key());
            FileShape shape = bucket.inspect(
                            output.key(),
                            resources.options(request.options().compaction().settings()))
                    .shape();
            String version = head.size() == output.size() ? head.version() : output.version();
            outputs.add(new Output(output.key(), output.size(), version, shape.rows(), (long) shape.rowGroups()));
            bytes += shape.bytes();
            rows += shape.rows();
            rowGroups += shape.rowGroups();
            fragments += shape.fragments();
        }
        FileTotals after = new FileTotals(outputs.size(), bytes, rows, rowGroups, fragments);
        return new MergedObjects(merge.withOutputs(outputs), summary, after);
    }

    /** The merge of one run. */
    private final class Attempt {
        private final StepContext context;
        private final MergeRequest request;
        private BegunMerge merge;

        Attempt(StepContext context, MergeRequest request, BegunMerge begun) {
            this.context = context;
            this.request = request;
            this.merge = begun;
        }

        MergeReport merge(List<MergeInput> inputs) {
            MergeOptions options = request.options()
                    .withCompaction(resources
                            .options(request.options().compaction().settings())
                            .withProgress(context.progress()));
            UploadRecord.Current begun = uploads.of(context.run());
            PublishHook hook = begun.recording((publication, noBackup) -> intend(publication));
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

        /** Writes down what is about to appear. */
        private void intend(Publication publication) {
            String key = bucket.keyOf(publication.target().name());
            merge = merge.publishing(
                    key, publication.size(), publication.expectedVersion(), Instant.ofEpochMilli(clock.millis()));
            ledger.intend(
                    context.run(),
                    new Intent(
                            key,
                            publication.sourceVersion(),
                            publication.planHash(),
                            publication.expectedVersion(),
                            null,
                            merge.toJson()));
        }

        /** Returns the merge with the rows of its inputs, which a run that carries on an earlier one does not know. */
        BegunMerge counted(MergeReport report) {
            MergeReport.InputFacts inputs = report.inputs();
            return merge.isRecovered()
                    ? merge
                    : merge.withBefore(
                            new FileTotals(inputs.files(), inputs.bytes(), inputs.rows(), inputs.rowGroups(), null));
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
}
