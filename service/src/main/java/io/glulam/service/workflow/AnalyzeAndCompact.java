package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.FileShape;
import io.glulam.Inspection;
import io.glulam.PlanHash;
import io.glulam.PublishListener.Publication;
import io.glulam.plan.Plan;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.PublishHook;
import io.glulam.service.ledger.Intent;
import io.glulam.service.ledger.Leftovers;
import io.glulam.service.ledger.RunLedger;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.PublishMode;
import io.glulam.service.worth.Measurement;
import io.glulam.storage.ObjectFacts;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Step 3: inspects, plans and compacts an object, verifies the new one and publishes it. Before it publishes, it records an
 * intent, by which a later run tells this step's publishing from another process's.
 */
final class AnalyzeAndCompact implements Step {
    static final String NAME = "analyze-and-compact";
    private static final String MEASURED = "measured";
    private static final int HASH_CHARACTERS = 12;

    private final Bucket bucket;
    private final RunLedger ledger;
    private final Leftovers leftovers;
    private final UploadRecord uploads;
    private final CompactionResources resources;
    private final CompactionResult results;
    private final Clock clock;

    AnalyzeAndCompact(
            Bucket bucket,
            RunLedger ledger,
            Leftovers leftovers,
            UploadRecord uploads,
            CompactionResources resources,
            CompactionResult results,
            Clock clock) {
        this.bucket = bucket;
        this.ledger = ledger;
        this.leftovers = leftovers;
        this.uploads = uploads;
        this.resources = resources;
        this.results = results;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public JsonNode run(StepContext context) {
        uploads.removeThoseOf(context.run());
        Optional<Intent> intent = ledger.intent(context.run());
        if (intent.isPresent()) {
            ObjectFacts published = PublishedIntent.find(bucket, intent.get());
            if (published != null) {
                ObjectNode output = intent.get().output().deepCopy();
                output.put("recovered", true);
                return finish(context, output, published);
            }
            undo(intent.get());
        }
        return compact(context);
    }

    /** Removes the backup of an object that the earlier run did not replace. */
    private void undo(Intent intent) {
        if (intent.backupKey() == null) {
            return;
        }
        if (bucket.find(intent.key())
                .filter(head -> head.version().equals(intent.sourceVersion()))
                .isPresent()) {
            bucket.delete(intent.backupKey());
            leftovers.remove(intent.backupKey());
        }
    }

    private JsonNode compact(StepContext context) {
        CompactionRequest.Terms terms = context.terms();
        CompactionOptions options = resources.options(terms.settings()).withProgress(context.progress());
        Inspection before = bucket.inspect(context.key(), resources.options(terms.settings()));
        ObjectNode output = results.before(before);
        measure(output, "before", context.key(), before.shape());
        UploadRecord.Current begun = uploads.of(context.run());
        if (terms.publish() == PublishMode.IN_PLACE) {
            PublishHook hook = begun.recording(intention(context, output, context.key()));
            CompactionReport report = bucket.replace(context.key(), withBackup(context, options), hook);
            begun.settled();
            return done(context, output, report, before.shape(), context.key());
        }
        Plan plan = bucket.plan(context.key(), options);
        if (plan.isEmpty()) {
            results.planned(output, plan, before.shape());
            return nothingToDo(context, output, plan);
        }
        String target = freeKey(context, plan);
        PublishHook hook = begun.recording(intention(context, output, target));
        CompactionReport report = bucket.write(plan, context.key(), target, options, hook);
        begun.settled();
        return done(context, output, report, before.shape(), target);
    }

    private JsonNode done(
            StepContext context, ObjectNode output, CompactionReport report, FileShape before, String target) {
        results.planned(output, report.plan(), before);
        if (!report.published()) {
            return nothingToDo(context, output, report.plan());
        }
        TransferReport.of(report).write(output);
        return finish(context, output, bucket.head(target));
    }

    private static JsonNode nothingToDo(StepContext context, ObjectNode output, Plan plan) {
        String version = plan.source().version();
        new CompactedObject(context.key(), version, version, plan.source().size(), null).write(output);
        output.remove(MEASURED);
        output.put("reason", "nothing would be gained by compacting it");
        return output;
    }

    private CompactionOptions withBackup(StepContext context, CompactionOptions options) {
        // No other run makes the same suffix, so that the backup's key is free.
        String suffix = ".glulam-" + clock.millis() + "-" + context.run().epoch() + ".bak";
        return context.terms().backup().isZero() ? options : options.withBackupSuffix(suffix);
    }

    /** Returns the hook that records what is about to be published under {@code target}. */
    private PublishHook intention(StepContext context, ObjectNode output, String target) {
        return (publication, backupKey) -> intend(context, output, target, publication, backupKey);
    }

    private void intend(
            StepContext context,
            ObjectNode output,
            String target,
            Publication publication,
            @Nullable String backupKey) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        new CompactedObject(target, publication.expectedVersion(), publication.sourceVersion(), publication.size(), now)
                .write(output);
        output.put("planHash", publication.planHash());
        if (backupKey != null) {
            output.put("backupKey", backupKey);
            output.put("backupUntil", now.plus(context.terms().backup()).toString());
        }
        ledger.intend(
                context.run(),
                new Intent(
                        target,
                        publication.sourceVersion(),
                        publication.planHash(),
                        publication.expectedVersion(),
                        backupKey,
                        output));
        String instance = context.run().instanceId();
        if (backupKey != null) {
            leftovers.add(backupKey, "", instance, now.plus(context.terms().backup()));
        }
        if (context.terms().publish() == PublishMode.NEW_KEY) {
            // Until the catalog points to it, no reader needs it.
            leftovers.add(target, publication.expectedVersion(), instance, now.plus(resources.grace()));
        }
    }

    private JsonNode finish(StepContext context, ObjectNode output, ObjectFacts head) {
        boolean ours = output.path(CompactedObject.SIZE).longValue() == head.size();
        output.put(CompactedObject.VERSION, head.version());
        if (ours) {
            Inspection after =
                    bucket.inspect(head.key(), resources.options(context.terms().settings()));
            results.finish(output, after);
            measure(output, "after", head.key(), after.shape());
        }
        return output;
    }

    /** Measures reads of the object, if the server's settings ask for it. A failed measurement never fails the step. */
    private void measure(ObjectNode output, String moment, String key, FileShape shape) {
        Measurement measurement = resources.measurement();
        if (measurement != null) {
            measurement
                    .of(bucket, key, shape.bytes())
                    .ifPresent(reads -> output.withObjectProperty(MEASURED).set(moment, reads));
        }
    }

    /** Returns a key named after the plan; with a suffix if that key is taken, as after a restart of the instance. */
    private String freeKey(StepContext context, Plan plan) {
        String hash = PlanHash.of(plan).substring(0, HASH_CHARACTERS);
        String key = newKey(context.key(), hash);
        return bucket.find(key).isEmpty()
                ? key
                : newKey(
                        context.key(),
                        hash + "-" + clock.millis() + "-" + context.run().epoch());
    }

    /** Returns a key beside the old one, without the name that an earlier compaction gave it. */
    private static String newKey(String key, String name) {
        String stem = key.endsWith(".parquet") ? key.substring(0, key.length() - ".parquet".length()) : key;
        String bare = stem.replaceFirst("\\.glulam-[0-9a-f]{12}(-\\d+-\\d+)?$", "");
        String suffix = key.endsWith(".parquet") ? ".parquet" : "";
        return bare + ".glulam-" + name + suffix;
    }
}
