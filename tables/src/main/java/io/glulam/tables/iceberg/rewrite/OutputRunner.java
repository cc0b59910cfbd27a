package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.GlulamException;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.Table;

/** Writes the outputs of a plan, in this process or in others. */
@FunctionalInterface
public interface OutputRunner {
    /**
     * Writes outputs, and tells of each once, in any order, in the calling thread. If the sink throws, no output is begun any
     * more, files that the sink was not told of are removed, and the exception goes on.
     */
    void run(List<OutputJob> jobs, Sink sink);

    /**
     * Has statistics of the sources merged, in this process or in others.
     *
     * @return the answer to each job, in any order
     */
    default List<byte[]> statistics(Table table, List<StatisticsJob> jobs) {
        return SourceMetrics.read(table, jobs);
    }

    /** Hears what became of jobs. */
    interface Sink {
        /** The job was carried out; the sink looks after the new file from now on. */
        void written(OutputJob job, OutputResult result);

        /** The job failed and left no file. */
        void failed(OutputJob job, GlulamException failure);
    }

    /**
     * Returns a runner that writes one output after the other in this process.
     *
     * @param names where the output of a job is to lie
     */
    static OutputRunner here(OutputWriter writer, Function<OutputJob, String> names) {
        return (jobs, sink) -> {
            for (OutputJob job : jobs) {
                OutputResult result;
                try {
                    result = writer.write(job, names.apply(job));
                } catch (GlulamException failure) {
                    sink.failed(job, failure);
                    continue;
                }
                sink.written(job, result);
            }
        };
    }
}
