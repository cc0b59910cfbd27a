package io.glulam.spark.task;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.spark.files.TableObjects;
import io.glulam.tables.iceberg.rewrite.OutputJob;
import io.glulam.tables.iceberg.rewrite.OutputNames;
import io.glulam.tables.iceberg.rewrite.OutputResult;
import io.glulam.tables.iceberg.rewrite.OutputRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.source.SerializableTableWithSize;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Has outputs written by executors: a job of Spark's for each group, several at once, a task for each output. Files of attempts
 * that did not count are removed by their names, which the driver can tell.
 */
public final class SparkRunner implements OutputRunner {
    /** Attempts beyond those that Spark counts: executors that are lost for reasons of their own are not counted. */
    private static final int UNCOUNTED = 4;

    private final JavaSparkContext context;
    private final Table table;
    private final TaskSettings settings;
    private final TableObjects objects;
    private final OutputNames names;
    private final String runId;
    private final int concurrentGroups;

    /**
     * @param runId part of the names of new files
     * @param concurrentGroups jobs that run at once, at most
     */
    public SparkRunner(
            SparkContext context,
            Table table,
            TaskSettings settings,
            TableObjects objects,
            String runId,
            int concurrentGroups) {
        this.context = new JavaSparkContext(context);
        this.table = table;
        this.settings = settings;
        this.objects = objects;
        this.names = new OutputNames(table, runId);
        this.runId = runId;
        this.concurrentGroups = concurrentGroups;
    }

    @Override
    public void run(List<OutputJob> jobs, Sink sink) {
        Map<Integer, List<OutputJob>> groups = new LinkedHashMap<>();
        jobs.forEach(job ->
                groups.computeIfAbsent(job.group(), any -> new ArrayList<>()).add(job));
        Broadcast<Table> shared = context.broadcast(SerializableTableWithSize.copyOf(table));
        try {
            WriteTask task = new WriteTask(shared, settings, TaskMetrics.of(context.sc()), runId);
            ExecutorService pool = Executors.newFixedThreadPool(Math.min(concurrentGroups, groups.size()));
            try {
                runAll(new ArrayList<>(groups.values()), task, new ExecutorCompletionService<>(pool), sink);
            } finally {
                pool.shutdownNow();
            }
        } finally {
            shared.destroy();
        }
    }

    private void runAll(
            List<List<OutputJob>> groups, WriteTask task, CompletionService<GroupJob.Outcome> completions, Sink sink) {
        List<Future<GroupJob.Outcome>> running = new ArrayList<>();
        String tag = "glulam-" + runId;
        context.sc().addJobTag(tag); // The pool's threads, which are made from here on, inherit it.
        AtomicBoolean stopped = new AtomicBoolean();
        boolean done = false;
        try {
            for (int i = 0; i < groups.size(); i++) {
                List<OutputJob> group = groups.get(i);
                running.add(completions.submit(
                        new GroupJob(context, task, group, description(group, i, groups.size()), stopped::get)));
            }
            for (int i = 0; i < groups.size(); i++) {
                Future<GroupJob.Outcome> ended = completions.take();
                running.removeIf(future -> future == ended);
                handOver(ended.get(), sink);
            }
            done = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageFailed.interrupted(Place.of(table.name()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            context.sc().removeJobTag(tag);
            if (!done) {
                stopped.set(true);
                context.sc().cancelJobsWithTag(tag);
                running.forEach(this::discard);
            }
        }
    }

    private String description(List<OutputJob> jobs, int number, int groups) {
        int files = jobs.stream().mapToInt(job -> job.sources().size()).sum();
        return "glulam " + table.name() + ": group " + (number + 1) + " of " + groups + ", " + files + " files to "
                + jobs.size();
    }

    private void handOver(GroupJob.Outcome outcome, Sink sink) {
        List<OutputJob> jobs = outcome.jobs();
        int told = 0;
        try {
            if (outcome.replies().isEmpty()) {
                jobs.forEach(this::removeAttempts);
            }
            for (OutputJob job : jobs) {
                TaskReply reply =
                        outcome.replies().isEmpty() ? null : outcome.replies().get(told);
                told++;
                OutputResult result = reply == null ? null : reply.result();
                if (reply != null) {
                    removeOthers(job, reply);
                }
                if (result == null) {
                    sink.failed(job, failure(reply == null ? outcome.problem() : reply.problem()));
                } else {
                    sink.written(job, result);
                }
            }
        } finally {
            jobs.subList(told, jobs.size()).forEach(this::removeAttempts);
        }
    }

    private GlulamException failure(String problem) {
        return new StorageFailed(Place.of(table.name()), problem, "nothing was published");
    }

    /** Earlier attempts may have published before their executor was lost; with speculation, later ones as well. */
    private void removeOthers(OutputJob job, TaskReply reply) {
        int end = settings.speculation() ? reply.attempt() + settings.maxAttempts() : reply.attempt();
        for (int attempt = 0; attempt < end; attempt++) {
            if (attempt != reply.attempt()) {
                remove(names.of(job, attempt));
            }
        }
    }

    private void removeAttempts(OutputJob job) {
        for (int attempt = 0; attempt < settings.maxAttempts() + UNCOUNTED; attempt++) {
            remove(names.of(job, attempt));
        }
    }

    private void remove(String location) {
        try {
            objects.delete(location);
        } catch (GlulamException failure) {
            return; // Nothing refers to it; the table's own clean-up of orphans finds it.
        }
    }

    /** Waits until a job that was cancelled is over, so that no task of it publishes any more. */
    private void discard(Future<GroupJob.Outcome> future) {
        boolean interrupted = Thread.interrupted();
        try {
            future.get(1, TimeUnit.MINUTES).jobs().forEach(this::removeAttempts);
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (ExecutionException | TimeoutException e) {
            return; // Spark's coordinator lets no task of a cancelled job publish.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
