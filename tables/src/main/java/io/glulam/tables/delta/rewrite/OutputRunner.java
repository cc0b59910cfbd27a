package io.glulam.tables.delta.rewrite;

import io.glulam.error.GlulamException;
import java.util.List;

/** Writes the new files of a plan, in this process or in others. */
@FunctionalInterface
public interface OutputRunner {
    /**
     * Writes new files, and tells of each job once, in any order, in the calling thread. If the sink throws, no job is begun
     * any more, files that the sink was not told of are removed, and the exception goes on.
     */
    void run(List<OutputJob> jobs, Sink sink);

    /** Hears what became of jobs. */
    interface Sink {
        /** The job was carried out; the sink looks after the new file from now on. */
        void written(OutputJob job, OutputResult result);

        /**
         * The job failed and left no file.
         *
         * @param failure {@link io.glulam.error.Unsupported} or {@link io.glulam.error.CorruptFile} where the sources
         *     cannot be merged
         */
        void failed(OutputJob job, GlulamException failure);
    }

    /** Returns a runner that writes one file after the other in this process. */
    static OutputRunner here(OutputWriter writer, String runId) {
        return (jobs, sink) -> {
            for (OutputJob job : jobs) {
                OutputResult result;
                try {
                    result = writer.write(job, job.path(runId, 0));
                } catch (GlulamException failure) {
                    sink.failed(job, failure);
                    continue;
                }
                sink.written(job, result);
            }
        };
    }
}
