/**
 * Outputs as Spark's tasks, one each, and what the driver does with their results.
 *
 * <p>Internal.
 */
@NullMarked
package io.glulam.spark.task;

import org.jspecify.annotations.NullMarked;
