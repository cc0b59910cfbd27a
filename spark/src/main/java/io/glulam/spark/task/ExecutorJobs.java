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
import java.util.function.BiConsumer;
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

    /**
     * Hears what became of jobs.
     *
     * @param written takes each job's result
     * @param failed takes the failure of each job without a result: that of its task, or that Spark gave the task up
     */
    record Sink<J, R>(BiConsumer<J, R> written, BiConsumer<J, GlulamException> failed) {}

    /**
     * A job of Spark's to be.
     *
     * @param description for people
     */
    record Batch<J>(List<J> jobs, String description) {}

    /** The outcomes of the tasks of a job of Spark's; no replies if Spark gave it up. */
    private record Ended<J>(List<J> jobs, List<ExecutorReply> replies, String problem) {}

    /** As {@link #run(List, int, String, Sink)}, in batches of bounded size. */
    void run(List<J> jobs, String tag, Sink<J, R> sink) {
        int size = Math.max(MIN_TASKS, TASKS_A_CORE * context.defaultParallelism());
        int count = (jobs.size() + size - 1) / size;
        List<Batch<J>> batches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<J> some = jobs.subList(i * size, Math.min(jobs.size(), (i + 1) * size));
            String part = "glulam " + name + ": part " + (i + 1) + " of " + count + ", ";
            batches.add(new Batch<>(some, part + some.size() + " new files"));
        }
        run(batches, SPARK_JOBS_AT_ONCE, tag, sink);
    }

    /**
     * Carries jobs out, and tells of each once, in the calling thread. If the sink throws, no job is begun any more, what the sink
     * was not told of is removed, and the exception goes on.
     *
     * @param atOnce batches that run at once, at most
     * @param tag of which no other run has the same
     */
    void run(List<Batch<J>> batches, int atOnce, String tag, Sink<J, R> sink) {
        if (batches.isEmpty()) {
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(atOnce, batches.size()));
        try {
            runAll(batches, "glulam-" + tag, new ExecutorCompletionService<>(pool), sink);
        } finally {
            pool.shutdownNow();
        }
    }

    private void runAll(List<Batch<J>> batches, String tag, CompletionService<Ended<J>> completions, Sink<J, R> sink) {
        List<Future<Ended<J>>> running = new ArrayList<>();
        context.sc().addJobTag(tag); // The pool's threads, which are made from here on, inherit it.
        AtomicBoolean stopped = new AtomicBoolean();
        boolean done = false;
        try {
            for (Batch<J> batch : batches) {
                running.add(completions.submit(() -> carryOut(batch, stopped)));
            }
            for (int i = 0; i < batches.size(); i++) {
                Future<Ended<J>> ended = completions.take();
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

    private Ended<J> carryOut(Batch<J> batch, AtomicBoolean stopped) {
        List<J> jobs = batch.jobs();
        if (stopped.get()) {
            return new Ended<>(jobs, List.of(), "not begun");
        }
        context.sc().setJobDescription(batch.description());
        try {
            List<ExecutorReply> replies =
                    context
                            .parallelize(jobs.stream().map(Wire::bytes).toList(), jobs.size())
                            .map(call)
                            .collect()
                            .stream()
                            .map(bytes -> Wire.read(bytes, ExecutorReply.class))
                            .toList();
            return new Ended<>(jobs, replies, "");
        } catch (Exception failure) {
            // Spark throws SparkException without declaring it.
            return new Ended<>(jobs, List.of(), String.valueOf(failure.getMessage()));
        }
    }

    private void handOver(Ended<J> ended, Sink<J, R> sink) {
        List<J> jobs = ended.jobs();
        boolean replied = !ended.replies().isEmpty();
        int told = 0;
        try {
            if (!replied) {
                jobs.forEach(this::removeAttempts);
            }
            for (J job : jobs) {
                ExecutorReply reply = replied ? ended.replies().get(told) : null;
                told++;
                if (reply == null) {
                    sink.failed().accept(job, failed(ended.problem()));
                    continue;
                }
                removeOthers(job, reply.attempt());
                GlulamException failure = reply.failure();
                if (failure != null) {
                    sink.failed().accept(job, failure);
                } else {
                    sink.written().accept(job, Objects.requireNonNull(resultType.cast(reply.result())));
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
    private void discard(Future<Ended<J>> future) {
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
