package io.glulam.spark.task;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task tells the driver.
 *
 * @param attempt number of the attempt that replies
 * @param result null if the job failed for good
 * @param refused whether it failed because the inputs cannot be merged
 * @param problem why it failed; empty if it did not
 */
record ExecutorReply(int attempt, @Nullable Serializable result, boolean refused, String problem)
        implements Serializable {}
