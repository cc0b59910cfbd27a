package io.glulam.spark.task;

import io.glulam.tables.iceberg.rewrite.OutputResult;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What a task tells the driver.
 *
 * @param index of the job
 * @param attempt number of the attempt that replies
 * @param result null if the job failed for good
 * @param problem why it failed; empty if it did not
 */
record TaskReply(int index, int attempt, @Nullable OutputResult result, String problem) implements Serializable {}
