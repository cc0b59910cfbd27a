package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.plan.Settings;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.callback.CallbackDelivery;
import io.glulam.service.callback.CallbackSender;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.database.Database;
import io.glulam.service.json.Json;
import io.glulam.service.ledger.Callbacks;
import io.glulam.service.ledger.Control;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Leftovers;
import io.glulam.service.ledger.Refusals;
import io.glulam.service.ledger.RunLedger;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.ledger.Uploads;
import io.glulam.service.table.ServedTables;
import io.glulam.service.table.TableName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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
    private final Ledger ledger;
    private final Supervisor supervisor;
    private final InstanceRunner runner;
    private final Engine engine;
    private final Housekeeping housekeeping;
    private final WorkflowSettings settings;
    private final Function<Throwable, Failure> failures;
    private final DirectCompactions direct;
    private final Submissions submissions;
    private final Previews previews;
    private final Callbacks callbacks;
    private final boolean servesTables;
    private final @Nullable CallbackDelivery delivery;
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
        this.ledger = new Ledger(database, clock, settings.mostQueued());
        Refusals refusals = new Refusals(database, clock);
        CompactionResources resources = settings.resources();
        CompactionResult results = new CompactionResult(settings.prices());
        Semaphore plans = new Semaphore(1);
        this.direct = new DirectCompactions(bucket, resources, results, plans);
        RunLedger runs = new RunLedger(database, clock);
        Leftovers leftovers = new Leftovers(database);
        UploadRecord uploads = new UploadRecord(bucket, new Uploads(database));
        this.supervisor = new Supervisor(runs);
        TableWork tableWork = tables == null ? null : new TableWork(tables, resources, settings.defaults());
        TableFiles tableFiles = new TableFiles(database, runs);
        AbandonedFiles abandoned = tableWork == null ? null : new AbandonedFiles(tableWork, tableFiles, ledger);
        WorkflowSteps steps = new WorkflowSteps(
                List.of(
                        new ValidateDataset(catalog, bucket),
                        new GetFileMetadata(bucket),
                        new AnalyzeAndCompact(bucket, runs, leftovers, uploads, resources, results, clock),
                        new UpdateMetadata(catalog, bucket, leftovers, resources, clock)),
                List.of(
                        new ValidateMerge(bucket, settings.defaults()),
                        new PinInputs(bucket, catalog, leftovers, settings.defaults(), clock),
                        new MergeObjects(bucket, runs, uploads, resources, results, settings.defaults(), clock),
                        new UpdateMergedDatasets(catalog, bucket)),
                tableWork == null || abandoned == null
                        ? List.of(new LackingTables())
                        : List.of(
                                new ValidateTable(tableWork, catalog),
                                new PlanTable(tableWork, abandoned),
                                new WriteTableFiles(tableWork, tableFiles),
                                new CommitTable(tableWork, tableFiles, clock),
                                new UpdateTableDataset(tableWork, catalog, tableFiles)));
        UnaryOperator<String> words = words(bucket, tables);
        this.failures = cause -> Failure.of(cause).inWords(words);
        this.runner = new InstanceRunner(
                steps::of,
                runs,
                ledger::steps,
                refusals,
                supervisor,
                settings::policy,
                settings.defaults(),
                failures,
                observer,
                clock);
        this.engine = new Engine(database, settings.concurrency(), runner::run);
        this.housekeeping = new Housekeeping(
                ledger, leftovers, uploads, bucket, catalog, engine, settings.retention(), clock, abandoned);
        this.submissions = new Submissions(catalog, bucket, ledger, settings, tableWork, engine::schedule);
        this.previews = new Previews(
                bucket, resources, results, new DatasetScan(bucket, catalog, leftovers, resources), tableWork, plans);
        this.callbacks = new Callbacks(database);
        this.delivery = settings.callbackSecret() == null
                ? null
                : new CallbackDelivery(
                        callbacks,
                        ledger,
                        settings.defaults().callbacks(),
                        new CallbackSender(settings.callbackSecret()),
                        settings.callbackDelay(),
                        clock);
        this.tableSchedules = schedules.isEmpty() ? null : new TableScheduler(schedules, ledger, this, clock);
        this.poller = settings.poll().isZero() ? null : new Poller(catalog, bucket, ledger, refusals, this);
    }

    /** Returns what takes paths of this machine and secrets of catalogs out of a message. */
    private static UnaryOperator<String> words(Bucket bucket, @Nullable ServedTables tables) {
        if (tables == null) {
            return bucket::forPeople;
        }
        ServedTables served = tables;
        return text -> served.withoutSecrets(bucket.forPeople(text));
    }

    /** Begins to carry instances on. */
    public void start() {
        supervisor.start();
        engine.start();
        every(RECONCILE, housekeeping::reconcile);
        every(SWEEP, housekeeping::sweep);
        if (poller != null) {
            every(settings.poll(), poller::poll);
        }
        if (tableSchedules != null) {
            every(TICK, tableSchedules::tick);
        }
        if (delivery != null) {
            var unused = deliveries.scheduleWithFixedDelay(delivery::deliver, 1, 1, TimeUnit.SECONDS);
        }
    }

    private void every(Duration period, Runnable work) {
        // What is done there catches its failures itself.
        var unused = timer.scheduleWithFixedDelay(work, 0, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What became of a request. */
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
        return draining ? stopping() : submissions.submit(request);
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
        return draining ? stopping() : submissions.submit(request);
    }

    /**
     * Adds the compaction of a table to the queue.
     *
     * @throws InvalidField if the server serves no such table
     * @throws io.glulam.service.catalog.CatalogFailed if the catalog cannot be asked
     */
    public Submission submit(TableJob job) {
        return draining ? stopping() : submissions.submit(job);
    }

    /** Whether tables are served. */
    public boolean hasTables() {
        return servesTables;
    }

    /** What a compaction of a table would do, its most fragmented partitions first; null if too many are being planned. */
    public @Nullable ObjectNode plan(TableJob job) {
        return previews.plan(job);
    }

    /** Looks at the name of a table only. */
    public void requireTable(String name) {
        submissions.requireTable(name);
    }

    /**
     * Looks at a key only.
     *
     * @throws InvalidField if it cannot be an object of the bucket
     */
    public void requireKey(String key) {
        submissions.requireKey(key);
    }

    /** Looks through objects of the bucket; null if that is being done already. */
    public @Nullable ObjectNode scan(DatasetScan.Request request, Settings options) {
        return previews.scan(request, options);
    }

    /** What a compaction of an object would do; null if too many are being planned at the moment. */
    public @Nullable ObjectNode plan(String key, CompactionRequest.Terms terms) {
        requireKey(key);
        return previews.plan(key, terms);
    }

    /** Looks at an object's row groups and its first column chunks; null if too many are being planned at the moment. */
    public @Nullable ObjectNode inspect(String key, Settings wanted) {
        requireKey(key);
        return previews.inspect(key, wanted);
    }

    /**
     * Lists the first pages of a column chunk of an object; null if too many are being planned at the moment.
     *
     * @throws InvalidField if the object has no such chunk
     */
    public @Nullable ObjectNode pages(String key, int rowGroup, int column) {
        requireKey(key);
        return previews.pages(key, rowGroup, column);
    }

    /** Pauses an instance: at once, or after the step under way. */
    public Control pause(String id) {
        return ledger.pause(id);
    }

    /** Lets a paused instance go on. */
    public Control resume(String id) {
        return scheduled(id, ledger.resume(id));
    }

    /** Ends an instance. */
    public Control terminate(String id) {
        return ledger.terminate(id);
    }

    /** Starts an instance over. */
    public Control restart(String id) {
        // The dataset of an instance without a key may have come by now.
        @Nullable
        String key = ledger.find(id)
                .filter(instance -> instance.key() == null)
                .flatMap(instance -> catalog.find(instance.datasetId()))
                .map(Dataset::key)
                .orElse(null);
        if (key != null && !TableName.isOne(key)) {
            requireKey(key);
        }
        return scheduled(id, ledger.restart(id, key));
    }

    private Control scheduled(String id, Control control) {
        if (control.result() == Control.Result.DONE) {
            engine.schedule(id);
        }
        return control;
    }

    /** The book of all instances. */
    public Ledger ledger() {
        return ledger;
    }

    /** Compactions for callers that have a workflow of their own. */
    public DirectCompactions direct() {
        return direct;
    }

    /** Who is told when an instance has ended. */
    public Callbacks callbacks() {
        return callbacks;
    }

    /** Why something failed, without telling where on this machine. */
    public Failure explain(Throwable cause) {
        return failures.apply(cause);
    }

    /** What holds where a request says nothing. */
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
        supervisor.drain();
        timer.shutdownNow();
        deliveries.shutdownNow();
        DaemonThreads.of(this::handBackLater, "glulam-drain").start();
        engine.close();
        supervisor.close();
    }

    private void handBackLater() {
        try {
            for (long waited = 0; waited < DRAIN_MILLIS && runner.running() > 0; waited += 100) {
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        supervisor.handBack();
    }
}
