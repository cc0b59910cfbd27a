package io.glulam.tables.iceberg.rewrite;

import io.glulam.tables.iceberg.plan.PlannedOutput;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/**
 * An output to be written, as another process gets it.
 *
 * @param index position in the plan, from 0 on
 * @param group as {@link PlannedOutput#group}
 * @param specId partition spec of the sources and of the output
 * @param partition tuple of the sources and of the output
 * @param sources in the order of the output's rows
 */
public record OutputJob(int index, int group, int specId, StructLike partition, List<Source> sources)
        implements Serializable {
    public OutputJob {
        sources = List.copyOf(sources);
    }

    /**
     * A data file, as its entry has it.
     *
     * @param location where it lies
     * @param bytes its size
     * @param rows its rows
     * @param firstRowId null for none
     * @param sequence its data sequence number; null for none
     * @param deletes position deletes and deletion vectors that are applied to it
     */
    public record Source(
            String location,
            long bytes,
            long rows,
            @Nullable Long firstRowId,
            @Nullable Long sequence,
            List<DeleteFile> deletes)
            implements Serializable {
        public Source {
            deletes = List.copyOf(deletes);
        }

        static Source of(DataFile file, List<DeleteFile> deletes) {
            return new Source(
                    file.location(),
                    file.fileSizeInBytes(),
                    file.recordCount(),
                    file.firstRowId(),
                    file.dataSequenceNumber(),
                    deletes);
        }
    }

    static OutputJob of(int index, PlannedOutput output) {
        return new OutputJob(
                index,
                output.group(),
                output.specId(),
                output.partition(),
                output.files().stream()
                        .map(file -> Source.of(file, output.deletesOf(file)))
                        .toList());
    }

    /** Returns a file of its own. */
    static OutputJob alone(DataFile file, List<DeleteFile> deletes) {
        return new OutputJob(0, 0, file.specId(), file.partition(), List.of(Source.of(file, deletes)));
    }
}
