package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.plan.Settings;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.callback.CallbackDelivery;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.database.Database;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Callbacks;
import io.glulam.service.ledger.Control;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Refusals;
import io.glulam.service.request.CompactionRequest;
import io.glulam.service.request.InvalidField;
import io.glulam.service.request.MergeRequest;
import io.glulam.service.request.TableJob;
import io.glulam.service.request.TableSchedule;
import io.glulam.service.table.ServedTables;
import io.glulam.service.table.TableName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The workflow as a whole: takes requests, has them carried out, and answers for them. Thread-safe. */
public final class Workflow implements AutoCloseable {
    /** The names of the steps, in the order in which they run. */
    public static final List<String> STEPS = WorkflowSteps.NAMES;

    /** The names of all steps that there are, those of tables included. */
    public static final List<String> ALL_STEPS = WorkflowSteps.ALL_NAMES;

    private static final Duration RECONCILE = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final long DRAIN_MILLIS = 6_000;

    private final Catalog catalog;
    private final WorkflowSettings settings;
    private final WorkflowParts parts;
    private final boolean servesTables;
    private final @Nullable Poller poller;
    private final @Nullable TableScheduler tableSchedules;
    private final ScheduledExecutorService deliveries = DaemonThreads.timer("glulam-callbacks");
    private final ScheduledExecutorService timer = DaemonThreads.timer("glulam-housekeeping");
    private volatile boolean draining;

    /**
     * @param database of the ledger, migrated; stays the caller's
     * @param tables that are served; null for none, and then no library of table formats is loaded
     * @param schedules of tables
     */
    public Workflow(
            Catalog catalog,
            Bucket bucket,
            Database database,
            WorkflowSettings settings,
            Observer observer,
            Clock clock,
            @Nullable ServedTables tables,
            List<TableSchedule> schedules) {
        this.catalog = catalog;
        this.settings = settings;
        this.servesTables = tables != null;
        this.parts = WorkflowParts.of(catalog, bucket, database, settings, observer, clock, tables);
        this.tableSchedules = schedules.isEmpty() ? null : new TableScheduler(schedules, parts.ledger(), this, clock);
        this.poller = settings.poll().isZero()
                ? null
                : new Poller(catalog, bucket, parts.ledger(), new Refusals(database, clock), this);
    }

    /** Begins to carry instances on. */
    public void start() {
        parts.supervisor().start();
        parts.scheduler().start();
        every(RECONCILE, parts.housekeeping()::reconcile);
        every(SWEEP, parts.housekeeping()::sweep);
        if (poller != null) {
            every(settings.poll(), poller::poll);
        }
        if (tableSchedules != null) {
            every(TICK, tableSchedules::tick);
        }
        CallbackDelivery delivery = parts.delivery();
        if (delivery != null) {
            var unused = deliveries.scheduleWithFixedDelay(delivery::deliver, 1, 1, TimeUnit.SECONDS);
        }
    }

    private void every(Duration period, Runnable work) {
        // What is done there catches its failures itself.
        var unused = timer.scheduleWithFixedDelay(work, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The outcome of a request. */
    public sealed interface Submission {
        /** It is queued; {@code isNew} is false if an instance was queued for the same object already. */
        record Accepted(String id, boolean isNew) implements Submission {}

        /** It contradicts what is there. */
        record Conflict(String reason) implements Submission {}

        /** There is no room, or the server stops. */
        record Busy(String reason) implements Submission {}
    }

    /**
     * Adds a request to the queue.
     *
     * @throws InvalidField if it asks for what cannot be
     * @throws io.glulam.service.catalog.CatalogFailed if the catalog cannot be asked
     */
    public Submission submit(CompactionRequest request) {
        return draining ? stopping() : parts.submissions().submit(request);
    }

    private static Submission stopping() {
        return new Submission.Busy("the server is stopping");
    }

    /**
     * Adds a merge to the queue.
     *
     * @throws InvalidField if it names what cannot be an object of the bucket
     */
    public Submission submit(MergeRequest request) {
        return draining ? stopping() : parts.submissions().submit(request);
    }

    /**
     * Adds the compaction of a table to the queue.
     *
     * @throws InvalidField if the server serves no such table
     * @throws io.glulam.service.catalog.CatalogFailed if the catalog cannot be asked
     */
    public Submission submit(TableJob job) {
        return draining ? stopping() : parts.submissions().submit(job);
    }

    /** Whether tables are served. */
    public boolean hasTables() {
        return servesTables;
    }

    /** Returns the plan of a compaction of a table, its most fragmented partitions first; null if too many are being planned. */
    public @Nullable ObjectNode plan(TableJob job) {
        return parts.previews().plan(job);
    }

    /** Looks at the name of a table only. */
    public void requireTable(String name) {
        parts.submissions().requireTable(name);
    }

    /**
     * Looks at a key only.
     *
     * @throws InvalidField if it cannot be an object of the bucket
     */
    public void requireKey(String key) {
        parts.submissions().requireKey(key);
    }

    /** Looks through objects of the bucket; null if that is being done already. */
    public @Nullable ObjectNode scan(DatasetScan.Request request, Settings options) {
        return parts.previews().scan(request, options);
    }

    /** Returns the plan of a compaction of an object; null if too many are being planned at the moment. */
    public @Nullable ObjectNode plan(String key, CompactionRequest.Terms terms) {
        requireKey(key);
        return parts.previews().plan(key, terms);
    }

    /** Looks at an object's row groups and its first column chunks; null if too many are being planned at the moment. */
    public @Nullable ObjectNode inspect(String key, Settings wanted) {
        requireKey(key);
        return parts.previews().inspect(key, wanted);
    }

    /**
     * Lists the first pages of a column chunk of an object; null if too many are being planned at the moment.
     *
     * @throws InvalidField if the object has no such chunk
     */
    public @Nullable ObjectNode pages(String key, int rowGroup, int column) {
        requireKey(key);
        return parts.previews().pages(key, rowGroup, column);
    }

    /** Pauses an instance: at once, or after the step under way. */
    public Control pause(String id) {
        return parts.ledger().control().pause(id);
    }

    /** Lets a paused instance go on. */
    public Control resume(String id) {
        return scheduled(id, parts.ledger().control().resume(id));
    }

    /** Ends an instance. */
    public Control terminate(String id) {
        return parts.ledger().control().terminate(id);
    }

    /** Starts an instance over. */
    public Control restart(String id) {
        // The dataset of an instance without a key may have come by now.
        @Nullable
        String key = parts.ledger()
                .find(id)
                .filter(instance -> instance.key() == null)
                .flatMap(instance -> catalog.find(instance.datasetId()))
                .map(Dataset::key)
                .orElse(null);
        if (key != null && !TableName.isOne(key)) {
            requireKey(key);
        }
        return scheduled(id, parts.ledger().control().restart(id, key));
    }

    private Control scheduled(String id, Control control) {
        if (control.result() == Control.Result.DONE) {
            parts.scheduler().schedule(id);
        }
        return control;
    }

    /** The book of all instances. */
    public Ledger ledger() {
        return parts.ledger();
    }

    /** Compactions for callers that have a workflow of their own. */
    public DirectCompactions direct() {
        return parts.direct();
    }

    /** Returns the callbacks of instances that have ended. */
    public Callbacks callbacks() {
        return parts.callbacks();
    }

    /** Why something failed, without telling where on this machine. */
    public Failure explain(Throwable cause) {
        return parts.failures().apply(cause);
    }

    /** The defaults where a request says nothing. */
    public CompactionRequest.Defaults defaults() {
        return settings.defaults();
    }

    /** The terms of a request that says nothing. */
    public CompactionRequest.Terms usualTerms() {
        return CompactionRequest.terms(Json.object(), settings.defaults());
    }

    /** Whether it still takes requests. */
    public boolean isAccepting() {
        return !draining;
    }

    /** Takes no more requests; gives the steps under way some seconds, then hands them back. */
    @Override
    public void close() {
        draining = true;
        parts.supervisor().drain();
        timer.shutdownNow();
        deliveries.shutdownNow();
        DaemonThreads.of(this::handBackLater, "glulam-drain").start();
        parts.scheduler().close();
        parts.supervisor().close();
    }

    private void handBackLater() {
        try {
            for (long waited = 0; waited < DRAIN_MILLIS && parts.runner().running() > 0; waited += 100) {
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        parts.supervisor().handBack();
    }
}
