package io.glulam.service.workflow;

import io.glulam.service.bucket.Bucket;
import io.glulam.service.callback.CallbackDelivery;
import io.glulam.service.callback.CallbackSender;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.database.Database;
import io.glulam.service.ledger.Callbacks;
import io.glulam.service.ledger.Ledger;
import io.glulam.service.ledger.Leftovers;
import io.glulam.service.ledger.Refusals;
import io.glulam.service.ledger.RunLedger;
import io.glulam.service.ledger.TableFiles;
import io.glulam.service.ledger.Uploads;
import io.glulam.service.table.ServedTables;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a workflow, wired.
 *
 * @param ledger of all instances
 * @param supervisor of the steps under way
 * @param runner carries instances on
 * @param scheduler calls the runner, at most so many times at once
 * @param housekeeping removes what runs left
 * @param failures explains why something failed, without paths of this machine and secrets
 * @param direct compactions for callers that have a workflow of their own
 * @param submissions puts requests into the queue
 * @param previews plans and looks, without changing anything
 * @param callbacks URLs that clients want called when an instance has ended
 * @param delivery calls them; null if the server has no secret for it
 */
record WorkflowParts(
        Ledger ledger,
        Supervisor supervisor,
        InstanceRunner runner,
        InstanceScheduler scheduler,
        Housekeeping housekeeping,
        Function<Throwable, Failure> failures,
        DirectCompactions direct,
        Submissions submissions,
        Previews previews,
        Callbacks callbacks,
        @Nullable CallbackDelivery delivery) {
    /**
     * @param database of the ledger, migrated
     * @param tables that are served; null for none, and then no library of table formats is loaded
     */
    static WorkflowParts of(
            Catalog catalog,
            Bucket bucket,
            Database database,
            WorkflowSettings settings,
            Observer observer,
            Clock clock,
            @Nullable ServedTables tables) {
        Ledger ledger = new Ledger(database, clock, settings.mostQueued());
        RunLedger runs = new RunLedger(database, clock);
        Leftovers leftovers = new Leftovers(database);
        TableFiles tableFiles = new TableFiles(database, runs);
        Callbacks callbacks = new Callbacks(database);
        CompactionResources resources = settings.resources();
        CompactionResult results = new CompactionResult(settings.prices());
        TableWork tableWork = tables == null ? null : new TableWork(tables, resources, settings.defaults());
        AbandonedFiles abandoned = tableWork == null ? null : new AbandonedFiles(tableWork, tableFiles, ledger);
        UploadRecord uploads = new UploadRecord(bucket, new Uploads(database));
        WorkflowSteps steps = new WorkflowSteps(
                List.of(
                        new ValidateDataset(catalog, bucket),
                        new GetFileMetadata(bucket),
                        new AnalyzeAndCompact(bucket, runs, leftovers, uploads, resources, results, clock),
                        new UpdateMetadata(catalog, bucket, leftovers, resources, clock)),
                List.of(
                        new ValidateMerge(bucket, settings.defaults()),
                        new PinInputs(bucket, catalog, leftovers, settings.defaults(), clock),
                        new MergeObjects(bucket, runs, uploads, resources, settings.defaults(), clock),
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
        Function<Throwable, Failure> failures = cause -> Failure.of(cause).inWords(words);
        Supervisor supervisor = new Supervisor(runs);
        InstanceRunner runner = new InstanceRunner(
                steps, runs, ledger, new Refusals(database, clock), supervisor, settings, failures, observer, clock);
        InstanceScheduler scheduler = new InstanceScheduler(database, settings.concurrency(), runner::run);
        Semaphore plans = new Semaphore(1);
        return new WorkflowParts(
                ledger,
                supervisor,
                runner,
                scheduler,
                new Housekeeping(
                        ledger, leftovers, uploads, bucket, catalog, scheduler, settings.retention(), clock, abandoned),
                failures,
                new DirectCompactions(bucket, resources, results, plans),
                new Submissions(catalog, bucket, ledger, settings, tableWork, scheduler::schedule),
                new Previews(
                        bucket,
                        resources,
                        results,
                        new DatasetScan(bucket, catalog, leftovers, resources),
                        tableWork,
                        plans),
                callbacks,
                delivery(callbacks, ledger, settings, clock));
    }

    private static @Nullable CallbackDelivery delivery(
            Callbacks callbacks, Ledger ledger, WorkflowSettings settings, Clock clock) {
        String secret = settings.callbackSecret();
        return secret == null
                ? null
                : new CallbackDelivery(
                        callbacks,
                        ledger,
                        settings.defaults().callbacks(),
                        new CallbackSender(secret),
                        settings.callbackDelay(),
                        clock);
    }

    /** Returns what takes paths of this machine and secrets of catalogs out of a message. */
    private static UnaryOperator<String> words(Bucket bucket, @Nullable ServedTables tables) {
        if (tables == null) {
            return bucket::forPeople;
        }
        ServedTables served = tables;
        return text -> served.withoutSecrets(bucket.forPeople(text));
    }
}
