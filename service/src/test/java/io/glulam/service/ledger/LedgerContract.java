package io.glulam.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.service.database.Database;
import io.glulam.service.database.DatabaseFailed;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.RunLedger.Beginning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger promises, on every database. */
abstract class LedgerContract {
    private final Instant now = Instant.parse("2026-01-31T12:00:00Z");
    private Database database;
    private Ledger ledger;
    private RunLedger runs;

    abstract Database open();

    @BeforeEach
    void openLedger() {
        database = open();
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        ledger = new Ledger(database, clock);
        ledger.migrate();
        ledger.migrate();
        runs = new RunLedger(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void create(String id, String key) {
        assertThat(ledger.create(id, "dataset of " + id, key, Json.object(), null))
                .isPresent();
    }

    private Run begin(String id) {
        Beginning beginning = runs.begin(id);
        assertThat(beginning).isInstanceOf(Beginning.Begun.class);
        return ((Beginning.Begun) beginning).run();
    }

    private Status status(String id) {
        return ledger.find(id).orElseThrow().status();
    }

    @Test
    void anIdIsTakenOnce() {
        create("a", "key");

        assertThat(ledger.create("a", "other", "other", Json.object(), null)).isEmpty();
        assertThat(ledger.find("a").orElseThrow().datasetId()).isEqualTo("dataset of a");
    }

    @Test
    void aRequestForAQueuedObjectIsAnsweredByTheQueuedInstance() {
        create("a", "key");

        Ledger.Created created =
                ledger.create(null, "x", "key", Json.object(), null).orElseThrow();

        assertThat(created.isNew()).isFalse();
        assertThat(created.instance().id()).isEqualTo("a");
    }

    @Test
    void anInstanceIsAddedTogetherWithItsCallbackOrNotAtAll() {
        create("a", "key");
        Callbacks callbacks = new Callbacks(database);

        ledger.create("b", "x", "other", Json.object(), "https://example.com/b");
        ledger.create("c", "x", "key", Json.object(), "https://example.com/c");
        assertThat(callbacks.of("b")).extracting(Callbacks.Callback::url).containsExactly("https://example.com/b");
        assertThat(callbacks.of("a")).extracting(Callbacks.Callback::url).containsExactly("https://example.com/c");

        database.update("DROP TABLE " + database.dialect().table("callbacks"));
        assertThatThrownBy(() -> ledger.create("d", "x", "third", Json.object(), "https://example.com/d"))
                .isInstanceOf(DatabaseFailed.class);
        assertThat(ledger.find("d")).isEmpty();
    }

    @Test
    void aRestartedInstanceIsToldOfAgainOrNotRestarted() {
        ledger.create("a", "x", "key", Json.object(), "https://example.com/a");
        runs.leave(begin("a"), Status.COMPLETE, Json.object(), null);
        Callbacks callbacks = new Callbacks(database);
        Callbacks.Callback callback = callbacks.due(now, 10).get(0);
        callbacks.take(callback, now, Duration.ofSeconds(1));
        callbacks.attempted(callback, Callbacks.State.DELIVERED, 200, null, now, null);

        assertThat(ledger.control().restart("a", null)).isEqualTo(Control.DONE);
        assertThat(callbacks.of("a")).extracting(Callbacks.Callback::state).containsExactly(Callbacks.State.PENDING);

        runs.leave(begin("a"), Status.COMPLETE, Json.object(), null);
        database.update("DROP TABLE " + database.dialect().table("callbacks"));
        assertThatThrownBy(() -> ledger.control().restart("a", null)).isInstanceOf(DatabaseFailed.class);
        assertThat(status("a")).isEqualTo(Status.COMPLETE);
    }

    @Test
    void whileOneRunsAnotherMayWaitForTheSameObjectButNotRun() {
        create("a", "key");
        Run run = begin("a");
        create("b", "key");

        assertThat(runs.begin("b")).isInstanceOf(Beginning.ObjectBusy.class);
        assertThat(status("b")).isEqualTo(Status.QUEUED);

        runs.leave(run, Status.COMPLETE, Json.object(), null);
        begin("b");
    }

    @Test
    void theQueueTakesNoMoreThanItMay() {
        Ledger limited = new Ledger(database, Clock.fixed(now, ZoneOffset.UTC), 2);
        create("a", "1");
        create("b", "2");
        create("ended", "3");
        runs.leave(begin("ended"), Status.COMPLETE, Json.object(), null);

        assertThatThrownBy(() -> limited.create("c", "x", "4", Json.object(), null))
                .isInstanceOf(QueueFull.class)
                .hasMessage("2 instances are queued already");
        assertThat(ledger.find("c")).isEmpty();
        assertThat(limited.control().restart("ended", null).result()).isEqualTo(Control.Result.FULL);
        assertThat(status("ended")).isEqualTo(Status.COMPLETE);

        limited.control().pause("a");
        assertThat(limited.create("c", "x", "4", Json.object(), null)).isPresent();
        assertThat(limited.control().resume("a").result()).isEqualTo(Control.Result.FULL);
        assertThat(status("a")).isEqualTo(Status.PAUSED);

        begin("b");
        assertThat(limited.control().resume("a")).isEqualTo(Control.DONE);
    }

    @Test
    void theQueueTakesNoMoreThanItMayFromManyAtOnce() throws Exception {
        long most = QueueLimit.MARGIN + 20;
        int wanted = (int) most + 100;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < wanted; i++) {
                // Each as if by a server of its own.
                Ledger limited = new Ledger(database, Clock.fixed(now, ZoneOffset.UTC), most);
                String id = "i" + i;
                results.add(threads.submit(() -> {
                    try {
                        return limited.create(id, "x", id, Json.object(), null).isPresent();
                    } catch (QueueFull full) {
                        return false;
                    }
                }));
            }
            int taken = 0;
            for (Future<Boolean> result : results) {
                taken += result.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo((int) most);
            assertThat(ledger.queued()).isEqualTo(most);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void instancesWithoutAKeyDoNotHinderEachOther() {
        create("a", null);
        create("b", null);
        begin("a");
        begin("b");
    }

    @Test
    void whoeverTookAnInstanceLastIsTheOnlyOneToWrite() {
        create("a", "key");
        Run dead = begin("a");
        runs.stepBegins(dead, 0, "one");
        Run alive = begin("a");

        assertThatThrownBy(() -> runs.stepEnds(dead, 0, Json.object())).isInstanceOf(LostRun.class);
        assertThatThrownBy(() -> runs.progress(dead, null)).isInstanceOf(LostRun.class);
        assertThatThrownBy(() -> runs.leave(dead, Status.COMPLETE, null, null)).isInstanceOf(LostRun.class);
        assertThatThrownBy(() -> runs.intend(dead, intent())).isInstanceOf(LostRun.class);
        assertThat(runs.intent(alive)).isEmpty();
        StepAttempts before = runs.stepBegins(alive, 0, "one");
        assertThat(before.failures()).isZero();
        assertThat(before.deaths()).isEqualTo(1);
    }

    private static Intent intent() {
        return new Intent("key", "v1", "mark", "v2", "key.bak", Json.object().put("a", 1));
    }

    @Test
    void anIntentOutlivesItsRun() {
        create("a", "key");
        runs.intend(begin("a"), intent());

        assertThat(runs.intent(begin("a"))).contains(intent());
    }

    @Test
    void stepsKeepTheirResultsAndAttempts() {
        create("a", "key");
        Run run = begin("a");
        runs.stepBegins(run, 0, "one");
        runs.stepFails(run, 0, Json.object().put("name", "Broken"));
        StepAttempts before = runs.stepBegins(run, 0, "one");
        assertThat(before.failures()).isEqualTo(1);
        assertThat(before.deaths()).isZero();
        runs.stepEnds(run, 0, Json.object().put("answer", 42));

        StepRecord step = ledger.steps("a").get(0);
        assertThat(step.output()).isEqualTo(Json.object().put("answer", 42));
        assertThat(step.attempts().all()).hasSize(2);
        assertThat(step.attempts().all().get(0).error()).isEqualTo(Json.object().put("name", "Broken"));
        assertThat(step.attempts().all().get(1).success()).isTrue();
    }

    @Test
    void whatIsQueuedIsPausedAtOnceAndResumed() {
        create("a", "key");

        assertThat(ledger.control().pause("a")).isEqualTo(Control.DONE);
        assertThat(status("a")).isEqualTo(Status.PAUSED);
        assertThat(runs.begin("a")).isInstanceOf(Beginning.NothingToDo.class);
        assertThat(ledger.control().resume("a")).isEqualTo(Control.DONE);
        begin("a");
    }

    @Test
    void whatRunsIsPausedAfterItsStep() {
        create("a", "key");
        Run run = begin("a");

        ledger.control().pause("a");

        assertThat(status("a")).isEqualTo(Status.WAITING_FOR_PAUSE);
        assertThat(runs.pauseRequested(run)).isTrue();
        ledger.control().resume("a");
        assertThat(runs.pauseRequested(run)).isFalse();
    }

    @Test
    void aDeadServersInstanceThatWasToBePausedIsPaused() {
        create("a", "key");
        begin("a");
        ledger.control().pause("a");

        assertThat(runs.begin("a")).isInstanceOf(Beginning.NothingToDo.class);
        assertThat(status("a")).isEqualTo(Status.PAUSED);
        create("b", "key");
        begin("b");
    }

    @Test
    void whatRunsHearsThatItIsToEnd() {
        create("a", "key");
        Run run = begin("a");
        assertThat(runs.progress(run, Json.object().put("done", 1))).isEqualTo(RunLedger.Wish.GO_ON);

        ledger.control().terminate("a");

        assertThat(runs.progress(run, null)).isEqualTo(RunLedger.Wish.TERMINATE);
        assertThat(runs.begin("a")).isInstanceOf(Beginning.NothingToDo.class);
        assertThat(status("a")).isEqualTo(Status.TERMINATED);
    }

    @Test
    void aFailureHidesNoWishToPauseOrTerminate() {
        create("a", "1");
        create("b", "2");
        Run toPause = begin("a");
        Run toTerminate = begin("b");
        ledger.control().pause("a");
        ledger.control().terminate("b");

        assertThat(runs.leave(toPause, Status.WAITING, null, null)).isEqualTo(Status.PAUSED);
        assertThat(runs.leave(toTerminate, Status.WAITING, null, null)).isEqualTo(Status.TERMINATED);

        assertThat(status("a")).isEqualTo(Status.PAUSED);
        assertThat(status("b")).isEqualTo(Status.TERMINATED);
        assertThat(ledger.find("b").orElseThrow().times().endedAt()).isEqualTo(now);
    }

    @Test
    void aWishToPauseDoesNotOutliveOneToTerminate() {
        create("a", "1");
        Run run = begin("a");
        ledger.control().terminate("a");
        ledger.control().pause("a");

        assertThat(runs.leave(run, Status.WAITING, null, null)).isEqualTo(Status.TERMINATED);
    }

    @Test
    void aPausedInstanceIsNotResumedBesideAQueuedOneOfTheSameObject() {
        create("a", "key");
        ledger.control().pause("a");
        create("b", "key");

        Control control = ledger.control().resume("a");

        assertThat(control.result()).isEqualTo(Control.Result.REFUSED);
        assertThat(control.reason()).contains("instance b");
    }

    @Test
    void aRestartForgetsTheSteps() {
        create("a", "key");
        assertThat(ledger.control().restart("a", null).result()).isEqualTo(Control.Result.REFUSED);
        Run run = begin("a");
        runs.stepBegins(run, 0, "one");
        runs.intend(run, intent());
        runs.leave(run, Status.ERRORED, null, Json.object());

        assertThat(ledger.control().restart("a", null)).isEqualTo(Control.DONE);
        assertThat(ledger.steps("a")).isEmpty();
        assertThat(ledger.find("a").orElseThrow().error()).isNull();
        assertThat(runs.intent(begin("a"))).isEmpty();
    }

    @Test
    void whatHasEndedIsNeitherPausedNorTerminated() {
        create("a", "key");
        runs.leave(begin("a"), Status.COMPLETE, Json.object(), null);

        assertThat(ledger.control().pause("a").result()).isEqualTo(Control.Result.REFUSED);
        assertThat(ledger.control().resume("a").result()).isEqualTo(Control.Result.REFUSED);
        assertThat(ledger.control().terminate("a").result()).isEqualTo(Control.Result.REFUSED);
        assertThat(ledger.control().pause("none").result()).isEqualTo(Control.Result.MISSING);
    }

    @Test
    void listsFilteredAndCounts() {
        create("a", "1");
        create("b", "2");
        ledger.control().pause("b");

        assertThat(ledger.list(new InstanceFilter(null, null, null, null, 10)))
                .extracting(Instance::id)
                .containsExactly("b", "a");
        assertThat(ledger.list(new InstanceFilter(Status.PAUSED, null, null, null, 10)))
                .extracting(Instance::id)
                .containsExactly("b");
        assertThat(ledger.list(new InstanceFilter(null, "dataset of a", null, null, 10)))
                .extracting(Instance::id)
                .containsExactly("a");
        assertThat(ledger.list(new InstanceFilter(null, null, now, null, 10))).isEmpty();
        assertThat(ledger.list(new InstanceFilter(null, null, now, "b", 10)))
                .extracting(Instance::id)
                .containsExactly("a");
        assertThat(ledger.queued()).isEqualTo(1);
        assertThat(ledger.isActive("2")).isTrue();
        assertThat(ledger.orphans()).containsExactly("a");
    }

    @Test
    void purgesWhatEndedLongAgo() {
        create("a", "1");
        create("b", "2");
        Run run = begin("a");
        runs.stepBegins(run, 0, "one");
        runs.intend(run, intent());
        runs.leave(run, Status.COMPLETE, Json.object(), null);
        Clock later = Clock.fixed(now.plus(Duration.ofDays(31)), ZoneOffset.UTC);

        assertThat(new Ledger(database, later).purge(Duration.ofDays(30))).isEqualTo(1);
        assertThat(ledger.find("a")).isEmpty();
        assertThat(ledger.steps("a")).isEmpty();
        assertThat(ledger.find("b")).isPresent();
        create("a", "1");
        assertThat(runs.intent(begin("a")))
                .as("of another instance by the same id")
                .isEmpty();
    }

    @Test
    void leftoversComeUpWhenTheyAreDueAndRefusalsHoldForTheirVersion() {
        Leftovers leftovers = new Leftovers(database);
        leftovers.add("old", "v", "a", now.plusSeconds(5));
        leftovers.add("old", "w", "a", now.plusSeconds(10));
        assertThat(leftovers.due(now.plusSeconds(9), 10)).isEmpty();
        assertThat(leftovers.due(now.plusSeconds(10), 10)).containsExactly(new Leftovers.Leftover("old", "w"));
        create("a", "key");
        assertThat(leftovers.due(now.plusSeconds(10), 10))
                .as("of an instance that goes on")
                .isEmpty();
        runs.leave(begin("a"), Status.COMPLETE, Json.object(), null);
        leftovers.postpone("old", now.plusSeconds(20));
        assertThat(leftovers.due(now.plusSeconds(19), 10)).isEmpty();
        assertThat(leftovers.due(now.plusSeconds(20), 10)).hasSize(1);
        leftovers.remove("old");
        assertThat(leftovers.due(now.plusSeconds(99), 10)).isEmpty();

        Refusals refusals = new Refusals(database, Clock.systemUTC());
        refusals.add("key", "v1", "a");
        assertThat(refusals.holds("key", "v1")).isTrue();
        assertThat(refusals.holds("key", "v2")).isFalse();
        assertThat(refusals.isKnown("key")).isFalse();
    }
}
