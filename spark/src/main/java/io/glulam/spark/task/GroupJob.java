package io.glulam.spark.task;

import io.glulam.tables.iceberg.rewrite.OutputJob;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;

/** A job of Spark's: the outputs of a group, one task each. */
final class GroupJob implements Callable<GroupJob.Outcome> {
    private final JavaSparkContext context;
    private final WriteTask task;
    private final List<OutputJob> jobs;
    private final String description;
    private final BooleanSupplier stopped;

    /** @param stopped whether no job is to be begun any more */
    GroupJob(
            JavaSparkContext context,
            WriteTask task,
            List<OutputJob> jobs,
            String description,
            BooleanSupplier stopped) {
        this.context = context;
        this.task = task;
        this.jobs = jobs;
        this.description = description;
        this.stopped = stopped;
    }

    /**
     * What became of the outputs.
     *
     * @param jobs the outputs
     * @param replies one for each, in order; none if Spark gave the job up
     * @param problem why Spark gave up; empty if it did not
     */
    record Outcome(List<OutputJob> jobs, List<TaskReply> replies, String problem) {}

    @Override
    public Outcome call() {
        if (stopped.getAsBoolean()) {
            return new Outcome(jobs, List.of(), "not begun");
        }
        context.sc().setJobDescription(description);
        try {
            List<TaskReply> replies =
                    context
                            .parallelize(jobs.stream().map(Wire::bytes).toList(), jobs.size())
                            .map(task)
                            .collect()
                            .stream()
                            .map(bytes -> Wire.read(bytes, TaskReply.class))
                            .toList();
            return new Outcome(jobs, replies, "");
        } catch (Exception failure) {
            // Spark throws SparkException without declaring it.
            return new Outcome(jobs, List.of(), String.valueOf(failure.getMessage()));
        }
    }
}
