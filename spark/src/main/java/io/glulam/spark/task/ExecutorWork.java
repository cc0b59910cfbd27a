package io.glulam.spark.task;

import io.glulam.CompactionOptions;
import java.io.Serializable;

/**
 * The work of executors on the jobs of a run. Travels to executors as it is; secrets lie in broadcasts.
 *
 * @param <J> a job: one new file
 * @param <R> what became of it
 */
interface ExecutorWork<J extends Serializable, R extends Serializable> extends Serializable {
    /**
     * Carries a job out. Called on an executor.
     *
     * @param attempt number of the attempt, from 0 on, of which the names of new files are made
     * @param options how to merge; they ask Spark before a file becomes visible
     * @throws io.glulam.error.GlulamException if it fails
     */
    R carryOut(J job, int attempt, CompactionOptions options);

    /** Removes what an attempt has written, if anything. Called on executors and on the driver. */
    void remove(J job, int attempt);
}
