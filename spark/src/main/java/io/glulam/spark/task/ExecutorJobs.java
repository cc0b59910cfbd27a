package io.glulam.spark.task;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Has jobs carried out by executors, one task each, in jobs of Spark's of bounded size. Removes what attempts have written that
 * do not count.
 *
 * @param <J> a job
 * @param <R> what became of it
 */
final class ExecutorJobs<J extends Serializable, R extends Serializable> {
    /** Attempts beyond those that Spark counts: executors that are lost for reasons of their own are not counted. */
    private static final int UNCOUNTED = 4;

    /** While the last tasks of one run, the first tasks of the other keep the cores busy. */
    private static final int SPARK_JOBS_AT_ONCE = 2;

    private static final int TASKS_A_CORE = 4;
    private static final int MIN_TASKS = 8;

    private final JavaSparkContext context;
    private final ExecutorWork<J, R> work;
    private final ExecutorCall<J, R> call;
    private final TaskSettings settings;
    private final Class<R> resultType;
    private final String name;

    /** @param name of what is compacted, for people */
    ExecutorJobs(
            SparkContext context,
            ExecutorWork<J, R> work,
            Class<J> type,
            Class<R> resultType,
            TaskSettings settings,
            String name) {
        this.context = new JavaSparkContext(context);
        this.work = work;
        this.call = new ExecutorCall<>(work, type, settings);
        this.resultType = resultType;
        this.settings = settings;
        this.name = name;
    }

    /** Hears what became of jobs. */
    interface Sink<J, R> {
        void written(J job, R result);

        /** Hears that a job has no result: {@code failure} as its task had it, or that Spark gave it up. */
        void failed(J job, GlulamException failure);
    }

    /** A job of Spark's and what became of its tasks; no replies if Spark gave it up. */
    private record Batch<J>(List<J> jobs, List<ExecutorReply> replies, String problem) {}

    /**
     * Carries jobs out, and tells of each once, in the calling thread. If the sink throws, no job is begun any more, what the sink
     * was not told of is removed, and the exception goes on.
     *
     * @param tag of which no other run has the same
     */
    void run(List<J> jobs, String tag, Sink<J, R> sink) {
        ExecutorService pool = Executors.newFixedThreadPool(SPARK_JOBS_AT_ONCE);
        try {
            runAll(batches(jobs), "glulam-" + tag, new ExecutorCompletionService<>(pool), sink);
        } finally {
            pool.shutdownNow();
        }
    }

    private List<List<J>> batches(List<J> jobs) {
        int size = Math.max(MIN_TASKS, TASKS_A_CORE * context.defaultParallelism());
        List<List<J>> batches = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i += size) {
            batches.add(jobs.subList(i, Math.min(jobs.size(), i + size)));
        }
        return batches;
    }

    private void runAll(List<List<J>> batches, String tag, CompletionService<Batch<J>> completions, Sink<J, R> sink) {
        List<Future<Batch<J>>> running = new ArrayList<>();
        context.sc().addJobTag(tag); // The pool's threads, which are made from here on, inherit it.
        AtomicBoolean stopped = new AtomicBoolean();
        boolean done = false;
        try {
            for (int i = 0; i < batches.size(); i++) {
                List<J> jobs = batches.get(i);
                String description = "glulam " + name + ": part " + (i + 1) + " of " + batches.size() + ", "
                        + jobs.size() + " new files";
                running.add(completions.submit(() -> batch(jobs, description, stopped)));
            }
            for (int i = 0; i < batches.size(); i++) {
                Future<Batch<J>> ended = completions.take();
                running.removeIf(future -> future == ended);
                handOver(ended.get(), sink);
            }
            done = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageFailed.interrupted(Place.of(name));
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

    private Batch<J> batch(List<J> jobs, String description, AtomicBoolean stopped) {
        if (stopped.get()) {
            return new Batch<>(jobs, List.of(), "not begun");
        }
        context.sc().setJobDescription(description);
        try {
            List<ExecutorReply> replies =
                    context
                            .parallelize(jobs.stream().map(Wire::bytes).toList(), jobs.size())
                            .map(call)
                            .collect()
                            .stream()
                            .map(bytes -> Wire.read(bytes, ExecutorReply.class))
                            .toList();
            return new Batch<>(jobs, replies, "");
        } catch (Exception failure) {
            // Spark throws SparkException without declaring it.
            return new Batch<>(jobs, List.of(), String.valueOf(failure.getMessage()));
        }
    }

    private void handOver(Batch<J> batch, Sink<J, R> sink) {
        List<J> jobs = batch.jobs();
        boolean replied = !batch.replies().isEmpty();
        int told = 0;
        try {
            if (!replied) {
                jobs.forEach(this::removeAttempts);
            }
            for (J job : jobs) {
                ExecutorReply reply = replied ? batch.replies().get(told) : null;
                told++;
                if (reply == null) {
                    sink.failed(job, failed(batch.problem()));
                    continue;
                }
                removeOthers(job, reply.attempt());
                GlulamException failure = reply.failure();
                if (failure != null) {
                    sink.failed(job, failure);
                } else {
                    sink.written(job, Objects.requireNonNull(resultType.cast(reply.result())));
                }
            }
        } finally {
            jobs.subList(told, jobs.size()).forEach(this::removeAttempts);
        }
    }

    private GlulamException failed(String problem) {
        return new StorageFailed(Place.of(name), problem, "nothing was published");
    }

    /** Earlier attempts may have published before their executor was lost; with speculation, later ones as well. */
    private void removeOthers(J job, int counted) {
        int end = settings.speculation() ? counted + settings.maxAttempts() : counted;
        for (int attempt = 0; attempt < end; attempt++) {
            if (attempt != counted) {
                remove(job, attempt);
            }
        }
    }

    private void removeAttempts(J job) {
        for (int attempt = 0; attempt < settings.maxAttempts() + UNCOUNTED; attempt++) {
            remove(job, attempt);
        }
    }

    private void remove(J job, int attempt) {
        try {
            work.remove(job, attempt);
        } catch (GlulamException failure) {
            return; // Nothing refers to it.
        }
    }

    /** Waits until a job that was cancelled is over, so that no task of it publishes any more. */
    private void discard(Future<Batch<J>> future) {
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
