package io.glulam.spark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.TaskCommitDenied;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** What Spark's user interface would show of the jobs of a run. Thread-safe. */
final class TaskEvents extends SparkListener {
    static final List<String> METRICS = List.of("JVMHeapMemory", "DirectPoolMemory");

    private final List<String> descriptions = new CopyOnWriteArrayList<>();
    private final Map<String, Long> sums = new ConcurrentHashMap<>();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger denied = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final Map<String, Long> peaks = new ConcurrentHashMap<>();
    private final Map<Long, String> executors = new ConcurrentHashMap<>();

    @Override
    public void onJobStart(SparkListenerJobStart job) {
        String description = job.properties().getProperty("spark.job.description");
        if (description != null) {
            descriptions.add(description);
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted stage) {
        stage.stageInfo().accumulables().values().foreach(sum -> {
            if (sum.name().isDefined() && sum.name().get().startsWith("glulam: ")) {
                sums.merge(sum.name().get(), Long.valueOf(sum.value().get().toString()), Math::max);
            }
            return null;
        });
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        executors.put(start.taskInfo().taskId(), start.taskInfo().executorId());
        int before = ends.get();
        running.accumulateAndGet(starts.incrementAndGet() - before, Math::max);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        ends.incrementAndGet();
        executors.remove(end.taskInfo().taskId());
        for (String metric : METRICS) {
            peaks.merge(metric, end.taskExecutorMetrics().getMetricValue(metric), Math::max);
        }
        if (end.taskInfo().failed()) {
            failures.incrementAndGet();
        }
        if (end.reason() instanceof TaskCommitDenied) {
            denied.incrementAndGet();
        }
    }

    List<String> descriptions() {
        return descriptions;
    }

    /** Returns what accumulators of Glulam's hold in the end. */
    Map<String, Long> sums() {
        return sums;
    }

    /** Waits until accumulators of Glulam's hold more than nothing. */
    void awaitSums(String... names) throws InterruptedException {
        await(() -> Stream.of(names).allMatch(name -> sums.getOrDefault(name, 0L) > 0));
    }

    /** Returns how many attempts failed. */
    int failures() {
        return failures.get();
    }

    /** Returns how many attempts ran at once, at most. */
    int running() {
        return running.get();
    }

    /** Returns the highest value of one of {@link #METRICS} in an executor, in bytes. */
    long peak(String metric) {
        return peaks.get(metric);
    }

    int starts() {
        return starts.get();
    }

    /** Waits until one attempt runs and no other, and returns the id of its executor. */
    String awaitOnlyOne() throws InterruptedException {
        await(() -> executors.size() == 1);
        return executors.values().iterator().next();
    }

    /** Waits until so many attempts are over. */
    void awaitEnds(int count) throws InterruptedException {
        await(() -> ends.get() >= count);
    }

    /** Waits until an attempt was not allowed to publish. */
    void awaitDenied() throws InterruptedException {
        await(() -> denied.get() > 0);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 60_000; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.sleep(5);
        }
        throw new IllegalStateException("waited for five minutes in vain");
    }
}
