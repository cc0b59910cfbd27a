package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Inspection;
import io.glulam.PlanHash;
import io.glulam.ProgressListener;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.bucket.Keys;
import io.glulam.service.json.Json;
import io.glulam.service.request.Fields;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.OptionsJson;
import io.glulam.storage.ObjectFacts;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Compactions for a caller that keeps a ledger of its own: step 3 alone, one version of an object into a new object. A
 * request has a name; asked again, it is not carried out twice. What is under way lives in this process: after its end the
 * caller asks again, and an object that the same plan has made by then is the result. Thread-safe.
 */
public final class DirectCompactions {
    private static final int MAX_NAME_CHARACTERS = 200;
    private static final int MAX_VERSION_CHARACTERS = 200;
    /** Results that are remembered. */
    private static final int MAX_KEPT = 1000;

    private static final Set<String> FIELDS = Set.of("idempotencyKey", "bucketKey", "etag", "targetKey", "options");

    private final Bucket bucket;
    private final CompactionResources resources;
    private final CompactionResult results;
    private final Semaphore permits;
    private final Map<String, Run> runs = new LinkedHashMap<>();

    /** @param permits for what takes a compaction's memory beside the instances */
    DirectCompactions(Bucket bucket, CompactionResources resources, CompactionResult results, Semaphore permits) {
        this.bucket = bucket;
        this.resources = resources;
        this.results = results;
        this.permits = permits;
    }

    /**
     * The request of a caller.
     *
     * @param name of the request; the same for each time that it is asked again
     * @param key of the source
     * @param version of the source that is meant
     * @param target key of the new object
     * @param settings of the compaction
     */
    public record Wish(String name, String key, String version, String target, Settings settings) {
        /**
         * Reads a request's body.
         *
         * @throws InvalidField naming the first field that is wrong
         */
        public static Wish read(JsonNode body) {
            Fields fields = Fields.of(body, FIELDS);
            Wish wish = new Wish(
                    fields.requireText("idempotencyKey", MAX_NAME_CHARACTERS),
                    key(fields, "bucketKey"),
                    fields.requireText("etag", MAX_VERSION_CHARACTERS),
                    key(fields, "targetKey"),
                    OptionsJson.settings(body.path("options")));
            if (wish.key.equals(wish.target)) {
                throw new InvalidField("targetKey", "must be another key than bucketKey");
            }
            return wish;
        }

        private static String key(Fields fields, String field) {
            String key = fields.requireText(field, Keys.MAX_BYTES);
            try {
                Keys.require(key);
            } catch (InvalidKey e) {
                throw new InvalidField(field, String.valueOf(e.getMessage()));
            }
            return key;
        }
    }

    /** The state of a request. */
    public sealed interface State {
        /** It is under way; {@code progress} is null until there is some. */
        record Running(@Nullable JsonNode progress) implements State {}

        /** It has ended. */
        record Complete(JsonNode output) implements State {}

        /** It has failed; what may be tried again is begun anew when it is asked for again. */
        record Failed(Throwable cause) implements State {}

        /** The name stands for another request. */
        record Conflict() implements State {}

        /** Another compaction or plan has the memory. */
        record Busy() implements State {}
    }

    /** Begins a request, or returns its state. Does not wait for it. */
    public synchronized State ask(Wish wish) {
        Run run = runs.get(wish.name());
        if (run != null) {
            if (!run.wish.equals(wish)) {
                return new State.Conflict();
            }
            State state = run.state;
            if (state instanceof State.Failed failed
                    && Failure.of(failed.cause()).retryable()) {
                runs.remove(wish.name());
            }
            return state;
        }
        if (!permits.tryAcquire()) {
            return new State.Busy();
        }
        forgetOldest();
        Run begun = new Run(wish);
        runs.put(wish.name(), begun);
        DaemonThreads.of(begun::carryOut, "glulam-direct").start();
        return begun.state;
    }

    private void forgetOldest() {
        Iterator<Run> oldest = runs.values().iterator();
        while (runs.size() >= MAX_KEPT && oldest.hasNext()) {
            if (!(oldest.next().state instanceof State.Running)) {
                oldest.remove();
            }
        }
    }

    /** A request that was taken up. */
    private final class Run {
        private final Wish wish;
        private volatile State state = new State.Running(null);

        Run(Wish wish) {
            this.wish = wish;
        }

        void carryOut() {
            try {
                state = new State.Complete(compact());
            } catch (RuntimeException | OutOfMemoryError failure) {
                state = new State.Failed(failure);
            } finally {
                permits.release();
            }
        }

        private JsonNode compact() {
            CompactionOptions options = resources.options(wish.settings()).withProgress(this::progress);
            Inspection before = bucket.inspect(wish.key(), options);
            Plan plan = bucket.plan(wish.key(), options);
            if (!bare(plan.source().version()).equals(bare(wish.version()))) {
                throw new SourceChanged(
                        Place.of(wish.key()),
                        "the object is not the version that was asked for",
                        "ask for the new one");
            }
            ObjectNode output = results.before(before);
            results.planned(output, plan, before.shape());
            if (plan.isEmpty()) {
                return output;
            }
            if (!isMade(plan)) {
                CompactionReport report =
                        bucket.write(plan, wish.key(), wish.target(), options, (publication, backupKey) -> {});
                TransferReport.of(report).write(output);
            }
            results.finish(output, bucket.inspect(wish.target(), options));
            ObjectFacts made = bucket.head(wish.target());
            output.put(CompactedObject.KEY, made.key());
            output.put(CompactedObject.VERSION, made.version());
            output.put(CompactedObject.SIZE, made.size());
            return output;
        }

        /** An ETag without the quotes that S3 puts around it and R2's own interface does not. */
        private static String bare(String version) {
            return version.startsWith("\"") && version.endsWith("\"") && version.length() > 1
                    ? version.substring(1, version.length() - 1)
                    : version;
        }

        /** Whether an earlier run, whose result is lost, has made the new object. */
        private boolean isMade(Plan plan) {
            return bucket.find(wish.target())
                    .filter(facts -> PlanHash.of(plan).equals(facts.mark()))
                    .isPresent();
        }

        private void progress(ProgressListener.Phase phase, long done, long total) {
            state = new State.Running(Json.object()
                    .put("phase", phase.name().toLowerCase(Locale.ROOT))
                    .put("done", done)
                    .put("total", total));
        }
    }
}
