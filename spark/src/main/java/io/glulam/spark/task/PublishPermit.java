package io.glulam.spark.task;

import io.glulam.PublishListener;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.executor.CommitDeniedException;

/**
 * Asks the driver before an output becomes visible whether this attempt may publish it: of several attempts at a task Spark's
 * coordinator allows one, and none of a job that is over.
 */
record PublishPermit(TaskContext context) implements PublishListener {
    @Override
    public void beforePublish(Publication publication) {
        context.killTaskIfInterrupted();
        boolean allowed = SparkEnv.get()
                .outputCommitCoordinator()
                .canCommit(
                        context.stageId(),
                        context.stageAttemptNumber(),
                        context.partitionId(),
                        context.attemptNumber());
        if (!allowed) {
            String message = "another attempt at this output publishes it, or the job is over";
            throw new IllegalStateException(
                    message,
                    new CommitDeniedException(
                            message, context.stageId(), context.partitionId(), context.attemptNumber()));
        }
    }
}
