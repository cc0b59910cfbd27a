package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.Inspection;
import io.glulam.concurrent.DaemonThreads;
import io.glulam.plan.Plan;
import io.glulam.plan.Settings;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
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
import io.glulam.service.ledger.QueueFull;
import io.glulam.service.ledger.Refusals;
import io.glulam.service.ledger.RunLedger;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.ledger.Uploads;
import io.glulam.service.table.ServedTables;
import io.glulam.service.table.TableName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The workflow as a whole: takes requests, has them carried out, and answers for them. Thread-safe. */
public final class Workflow implements AutoCloseable {
    /** The names of the steps, in the order in which they run. */
    public static final List<String> STEPS =
            List.of(ValidateDataset.NAME, GetFileMetadata.NAME, AnalyzeAndCompact.NAME, UpdateMetadata.NAME);

    /** The names of all steps that there are, those of tables included. */
    public static final List<String> ALL_STEPS = List.of(
            ValidateDataset.NAME, GetFileMetadata.NAME, AnalyzeAndCompact.NAME, CommitTable.NAME, UpdateMetadata.NAME);

    private static final int MAX_PARTITIONS = 1_000;
    private static final Duration RECONCILE = Duration.ofSeconds(5);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration SWEEP = Duration.ofMinutes(1);
    private static final long DRAIN_MILLIS = 6_000;

    private final Catalog catalog;
    private final Bucket bucket;
    private final Ledger ledger;
    private final Refusals refusals;
    private final Supervisor supervisor;
    private final InstanceRunner runner;
    private final Engine engine;
    private final Housekeeping housekeeping;
    private final WorkflowSettings settings;
    private final CompactionResult results;
    private final Function<Throwable, Failure> failures;
    private final Semaphore plans = new Semaphore(1);
    private final DirectCompactions direct;
    private final DatasetScan scan;
    private final Semaphore scans = new Semaphore(1);
    private final Callbacks callbacks;
    private final @Nullable CallbackDelivery delivery;
    private final @Nullable Poller poller;
    private final @Nullable TableWork tableWork;
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
        this.bucket = bucket;
        this.settings = settings;
        this.ledger = new Ledger(database, clock, settings.mostQueued());
        this.refusals = new Refusals(database, clock);
        this.results = new CompactionResult(settings.prices());
        this.direct = new DirectCompactions(bucket, settings.resources(), results, plans);
        RunLedger runs = new RunLedger(database, clock);
        Leftovers leftovers = new Leftovers(database);
        UploadRecord uploads = new UploadRecord(bucket, new Uploads(database));
        this.scan = new DatasetScan(bucket, catalog, leftovers, settings.resources());
        this.supervisor = new Supervisor(runs);
        List<Step> steps = List.of(
                new ValidateDataset(catalog, bucket),
                new GetFileMetadata(bucket),
                new AnalyzeAndCompact(bucket, runs, leftovers, uploads, settings.resources(), results, clock),
                new UpdateMetadata(catalog, bucket, leftovers, settings.resources(), clock));
        List<Step> mergeSteps = List.of(
                new ValidateMerge(bucket, settings.defaults()),
                new PinInputs(bucket, catalog, leftovers, settings.defaults(), clock),
                new MergeObjects(bucket, runs, uploads, settings.resources(), results, settings.defaults(), clock),
                new UpdateMergedDatasets(catalog, bucket));
        this.tableWork = tables == null ? null : new TableWork(tables, settings.resources(), settings.defaults());
        TableFiles tableFiles = new TableFiles(database, runs);
        AbandonedFiles abandoned = tableWork == null ? null : new AbandonedFiles(tableWork, tableFiles, ledger);
        List<Step> tableSteps = tableWork == null || abandoned == null
                ? List.of(new LackingTables())
                : List.of(
                        new ValidateTable(tableWork, catalog),
                        new PlanTable(tableWork, abandoned),
                        new WriteTableFiles(tableWork, tableFiles),
                        new CommitTable(tableWork, tableFiles, clock),
                        new UpdateTableDataset(tableWork, catalog, tableFiles));
        UnaryOperator<String> words = words(bucket, tables);
        this.failures = cause -> Failure.of(cause).inWords(words);
        this.runner = new InstanceRunner(
                instance -> instance.isTable() ? tableSteps : instance.isMerge() ? mergeSteps : steps,
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
        if (draining) {
            return new Submission.Busy("the server is stopping");
        }
        if (ledger.isFull()) {
            return full(); // Before the catalog is asked.
        }
        Optional<Dataset> dataset = catalog.find(request.datasetId());
        String key = request.key();
        String known = dataset.map(Dataset::key).orElse(null);
        if (known != null) {
            if (key != null && !key.equals(known)) {
                return new Submission.Conflict("the catalog has another key for this dataset; leave bucketKey out");
            }
            key = known;
        }
        if (key == null && dataset.isPresent()) {
            throw new InvalidField("bucketKey", "is required: the catalog does not hold keys");
        }
        if (key != null && TableName.isOne(key)) {
            return submit(TableJob.of(request, key, settings.defaults()));
        }
        if (key != null) {
            requireKey(key);
        }
        return create(
                request.instanceId(), request.datasetId(), key, request.terms().toJson(), request.callbackUrl());
    }

    /**
     * Adds a merge to the queue.
     *
     * @throws InvalidField if it names what cannot be an object of the bucket
     */
    public Submission submit(MergeRequest request) {
        if (draining) {
            return new Submission.Busy("the server is stopping");
        }
        try {
            request.requireSafe(bucket);
        } catch (InvalidKey e) {
            throw new InvalidField(request.prefix() == null ? "bucketKeys" : "prefix", String.valueOf(e.getMessage()));
        }
        return create(request.instanceId(), "", request.target(), request.json(), request.callbackUrl());
    }

    /**
     * Adds the compaction of a table to the queue.
     *
     * @throws InvalidField if the server serves no such table
     * @throws io.glulam.service.catalog.CatalogFailed if the catalog cannot be asked
     */
    public Submission submit(TableJob job) {
        if (draining) {
            return new Submission.Busy("the server is stopping");
        }
        tables().require(job);
        String known = job.datasetId().isEmpty()
                ? null
                : catalog.find(job.datasetId()).map(Dataset::key).orElse(null);
        if (known != null && !known.equals(job.table())) {
            return new Submission.Conflict("the catalog has another key for this dataset; leave table out");
        }
        return create(job.instanceId(), job.datasetId(), job.table(), job.json(), job.callbackUrl());
    }

    private TableWork tables() {
        if (tableWork == null) {
            throw new InvalidField("table", "cannot be served: the server was started without --tables");
        }
        return tableWork;
    }

    /** Whether tables are served. */
    public boolean hasTables() {
        return tableWork != null;
    }

    /** What a compaction of a table would do, its most fragmented partitions first; null if too many are being planned. */
    public @Nullable ObjectNode plan(TableJob job) {
        TableWork work = tables();
        work.require(job);
        if (!plans.tryAcquire()) {
            return null;
        }
        try {
            return TablePlanJson.of(job.table(), work.plan(job), MAX_PARTITIONS);
        } finally {
            plans.release();
        }
    }

    /** Looks at the name of a table only. */
    public void requireTable(String name) {
        ObjectNode body = Json.object();
        body.put("table", name);
        tables().require(TableJob.read(body, settings.defaults()));
    }

    private Submission create(
            @Nullable String instanceId,
            String datasetId,
            @Nullable String key,
            JsonNode json,
            @Nullable String callbackUrl) {
        Optional<Ledger.Created> created;
        try {
            created = ledger.create(instanceId, datasetId, key, json, callbackUrl);
        } catch (QueueFull e) {
            return full();
        }
        if (created.isEmpty()) {
            return new Submission.Conflict("an instance of this id exists");
        }
        if (!created.get().isNew() && !created.get().instance().serves(json)) {
            return new Submission.Conflict(
                    "instance " + created.get().instance().id()
                            + " is queued for the same object and does something else; try again when it has begun");
        }
        String id = created.get().instance().id();
        engine.schedule(id);
        return new Submission.Accepted(id, created.get().isNew());
    }

    private Submission full() {
        return new Submission.Busy(settings.mostQueued() + " instances are queued already");
    }

    /**
     * Looks at a key only.
     *
     * @throws InvalidField if it cannot be an object of the bucket
     */
    public void requireKey(String key) {
        try {
            bucket.requireSafe(key);
        } catch (InvalidKey e) {
            throw new InvalidField("bucketKey", String.valueOf(e.getMessage()));
        }
    }

    /** Looks through objects of the bucket; null if that is being done already. */
    public @Nullable ObjectNode scan(DatasetScan.Request request, Settings options) {
        if (!scans.tryAcquire()) {
            return null;
        }
        try {
            return scan.run(request, options);
        } finally {
            scans.release();
        }
    }

    /** What a compaction of an object would do; null if too many are being planned at the moment. */
    public @Nullable ObjectNode plan(String key, CompactionRequest.Terms terms) {
        requireKey(key);
        if (!plans.tryAcquire()) {
            return null;
        }
        try {
            Inspection before = bucket.inspect(key, settings.resources().options(terms.settings()));
            Plan plan = bucket.plan(key, settings.resources().options(terms.settings()));
            ObjectNode output = results.before(before);
            output.put("bucketKey", key);
            results.planned(output, plan, before.shape());
            return output;
        } finally {
            plans.release();
        }
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
