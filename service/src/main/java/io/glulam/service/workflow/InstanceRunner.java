package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.LostRun;
import io.glulam.service.ledger.Refusals;
import io.glulam.service.ledger.Run;
import io.glulam.service.ledger.RunLedger;
import io.glulam.service.ledger.RunLedger.Beginning;
import io.glulam.service.ledger.Status;
import io.glulam.service.ledger.StepAttempts;
import io.glulam.service.ledger.StepRecord;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.Durations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Carries an instance on from where the ledger says it stands: steps that have finished are not run again. Thread-safe:
 * every call is a run of its own.
 */
final class InstanceRunner {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceRunner.class);
    private static final Duration BUSY_DELAY = Duration.ofSeconds(1);

    /** If servers die more often in the middle of one step, the step fails. */
    private static final int MAX_DEATHS = 200;

    private final WorkflowSteps workflows;
    private final RunLedger ledger;
    private final Ledger records;
    private final Refusals refusals;
    private final Supervisor supervisor;
    private final WorkflowSettings settings;
    private final Function<Throwable, Failure> failures;
    private final Observer observer;
    private final Clock clock;
    private final AtomicInteger running = new AtomicInteger();

    InstanceRunner(
            WorkflowSteps workflows,
            RunLedger ledger,
            Ledger records,
            Refusals refusals,
            Supervisor supervisor,
            WorkflowSettings settings,
            Function<Throwable, Failure> failures,
            Observer observer,
            Clock clock) {
        this.workflows = workflows;
        this.ledger = ledger;
        this.records = records;
        this.refusals = refusals;
        this.supervisor = supervisor;
        this.settings = settings;
        this.failures = failures;
        this.observer = new QuietObserver(observer);
        this.clock = clock;
    }

    /** Returns the number of instances under way. */
    int running() {
        return running.get();
    }

    /** Carries the instance on; returns when to call this again, null if the instance does not wait for a time. */
    @Nullable
    Instant run(String id) {
        Beginning beginning = ledger.begin(id);
        if (beginning instanceof Beginning.ObjectBusy) {
            return clock.instant().plus(BUSY_DELAY);
        }
        if (!(beginning instanceof Beginning.Begun begun)) {
            return null;
        }
        try (MDC.MDCCloseable ignored = MDC.putCloseable("instance", id)) {
            running.incrementAndGet();
            return new Running(begun).run();
        } catch (LostRun lost) {
            LOG.info("{}", lost.getMessage());
            return null;
        } finally {
            running.decrementAndGet();
        }
    }

    /** One run of an instance. */
    private final class Running {
        private final Run run;
        private final Beginning.Begun begun;
        private final List<Step> steps;
        private final Map<String, JsonNode> results = new HashMap<>();

        Running(Beginning.Begun begun) {
            this.run = begun.run();
            this.begun = begun;
            this.steps = workflows.of(begun.instance());
        }

        @Nullable
        Instant run() {
            try {
                return carriedOn();
            } finally {
                steps.forEach(step -> step.runEnds(run));
            }
        }

        private @Nullable Instant carriedOn() {
            List<StepRecord> done = records.steps(run.instanceId());
            for (int position = 0; position < steps.size(); position++) {
                Step step = steps.get(position);
                JsonNode result = position < done.size() ? done.get(position).output() : null;
                if (result == null) {
                    if (supervisor.isDraining() || ledger.pauseRequested(run)) {
                        return waitUntil(clock.instant());
                    }
                    Outcome outcome = attempt(position, step);
                    if (outcome.result == null) {
                        return outcome.again;
                    }
                    result = outcome.result;
                }
                results.put(step.name(), result);
                if (result.path(Step.SKIPPED).asBoolean()) {
                    break;
                }
            }
            ledger.leave(run, Status.COMPLETE, InstanceOutput.of(results), null);
            observer.instanceEnded(Status.COMPLETE);
            LOG.info("complete");
            return null;
        }

        /** Gives the instance up for now. Returns when to go on; null if it was paused or terminated meanwhile. */
        private @Nullable Instant waitUntil(Instant again) {
            Status left = ledger.leave(run, Status.WAITING, null, null);
            if (left.ended()) {
                observer.instanceEnded(left);
            }
            return left == Status.WAITING ? again : null;
        }

        /** The outcome of an attempt: a result, or when to try again, null for never. */
        private record Outcome(
                @Nullable JsonNode result, @Nullable Instant again) {}

        private Outcome attempt(int position, Step step) {
            StepAttempts attempts = ledger.stepBegins(run, position, step.name());
            if (attempts.deaths() > MAX_DEATHS) {
                return fail(
                        position,
                        new Failure(
                                "ServerDied",
                                "the server has died " + attempts.deaths() + " times in the middle of this step",
                                "give it more memory, then restart the instance",
                                false,
                                true));
            }
            RetryPolicy policy = settings.policy(step.name());
            long start = System.nanoTime();
            Supervisor.Watch watch = supervisor.watch(run, step.name(), policy.timeout());
            Throwable thrown = null;
            JsonNode result = null;
            try (watch) {
                CompactionRequest.Terms terms =
                        CompactionRequest.terms(begun.instance().request(), settings.defaults());
                result = step.run(new StepContext(run, begun.instance(), terms, Map.copyOf(results), watch));
            } catch (LostRun lost) {
                throw lost;
            } catch (RuntimeException | OutOfMemoryError e) {
                thrown = e;
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            observer.stepEnded(step.name(), result != null, took);
            if (result != null) {
                ledger.stepEnds(run, position, result);
                observer.result(step.name(), result);
                LOG.info("{} done in {} ms", step.name(), took.toMillis());
                return new Outcome(result, null);
            }
            return watch.stopped() == null
                    ? failed(position, attempts, policy, thrown)
                    : stopped(position, attempts, policy, watch.stopped());
        }

        private Outcome failed(int position, StepAttempts attempts, RetryPolicy policy, @Nullable Throwable thrown) {
            Failure failure = failures.apply(thrown == null ? new IllegalStateException("no result") : thrown);
            if (failure.isInternal()) {
                LOG.error("internal error", thrown);
            }
            return retry(position, attempts, policy, failure);
        }

        private Outcome stopped(int position, StepAttempts attempts, RetryPolicy policy, Supervisor.Stop reason) {
            switch (reason) {
                case LOST -> throw new LostRun(run);
                case TERMINATED -> {
                    ledger.stepFails(run, position, error("Terminated", "the instance was terminated", null));
                    ledger.leave(run, Status.TERMINATED, null, null);
                    observer.instanceEnded(Status.TERMINATED);
                    return new Outcome(null, null);
                }
                case SERVER_STOPS -> {
                    ledger.stepFails(run, position, error(StepAttempts.SERVER_STOPPED, "the server stopped", null));
                    return new Outcome(null, waitUntil(clock.instant()));
                }
                case NO_PROGRESS -> {
                    return retry(
                            position,
                            attempts,
                            policy,
                            new Failure(
                                    "TimedOut",
                                    "no progress for " + Durations.text(policy.timeout()),
                                    "check the storage",
                                    true,
                                    false));
                }
            }
            throw new IllegalStateException("unknown " + reason);
        }

        private Outcome retry(int position, StepAttempts attempts, RetryPolicy policy, Failure failure) {
            int failures = attempts.failures() + 1;
            if (!failure.retryable() || failures > policy.retries()) {
                return fail(position, failure);
            }
            LOG.warn("{} failed, is tried again: {}", steps.get(position).name(), failure.message());
            ledger.stepFails(run, position, failure.toJson());
            return new Outcome(null, waitUntil(clock.instant().plus(policy.delayAfter(failures))));
        }

        private Outcome fail(int position, Failure failure) {
            LOG.warn("{} failed: {}", steps.get(position).name(), failure.message());
            String key = run.key();
            if (key != null && !begun.instance().isMerge() && !begun.instance().isTable()) {
                JsonNode head = results.get(GetFileMetadata.NAME);
                if (head != null && failure.refusal()) {
                    refusals.add(key, FileMetadata.read(head).etag(), run.instanceId());
                } else if (steps.get(position).name().equals(GetFileMetadata.NAME) && !failure.retryable()) {
                    // Nothing can be done until there is an object.
                    refusals.add(key, Refusals.MISSING, run.instanceId());
                }
            }
            ledger.stepFails(run, position, failure.toJson());
            ledger.leave(run, Status.ERRORED, null, failure.toJson());
            observer.instanceEnded(Status.ERRORED);
            return new Outcome(null, null);
        }

        private JsonNode error(String name, String message, @Nullable String remedy) {
            return new Failure(name, message, remedy, false, false).toJson();
        }
    }
}
