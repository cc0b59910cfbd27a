package io.glulam.spark.task;

import io.glulam.error.GlulamException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A task's answer to the driver.
 *
 * @param attempt number of the attempt that replies
 * @param result null if the job failed for good
 * @param failure why it failed; null if it did not
 */
record ExecutorReply(
        int attempt,
        @Nullable Serializable result,
        @Nullable GlulamException failure) implements Serializable {}
