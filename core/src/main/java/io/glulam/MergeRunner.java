package io.glulam;

import io.glulam.error.GlulamException;
import io.glulam.storage.ObjectRef;
import java.util.List;

/** Has the outputs of a merge written under temporary names, by other processes. */
public interface MergeRunner {
    /**
     * Writes outputs by {@link MergeWriter}, and tells of each job once, in any order, in the calling thread. If the sink throws, no
     * job is begun any more, files that the sink was not told of are removed, and the exception goes on.
     */
    void run(List<MergeJob> jobs, Sink sink);

    /** Returns the file that a result names. */
    ObjectRef written(MergeResult result);

    /** Hears what became of jobs. */
    interface Sink {
        /** The job was carried out; the sink looks after the file from now on. */
        void written(MergeJob job, MergeResult result);

        /** The job failed and left no file. */
        void failed(MergeJob job, GlulamException failure);
    }
}
