package io.glulam.tables.delta.rewrite;

import io.glulam.storage.Traffic;
import io.glulam.tables.TableReport.AppliedDeletes;
import io.glulam.tables.TableReport.MovedBytes;
import io.glulam.tables.delta.files.FileColumns;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of an {@link OutputJob}, as another process sends it back. Positions are those of the job's sources.
 *
 * @param merged positions of the sources whose rows the new file has; empty if there is none
 * @param others sources of other physical forms: each list can become a file of its own
 * @param left sentences on sources that are left
 * @param file the new file; null if too few sources have one form
 */
public record OutputResult(
        List<Integer> merged,
        List<List<Integer>> others,
        List<String> left,
        @Nullable NewFile file) implements Serializable {
    public OutputResult {
        merged = List.copyOf(merged);
        others = List.copyOf(others);
        left = List.copyOf(left);
    }

    /**
     * A file that is written and verified.
     *
     * @param path for the log
     * @param modified when it was written, milliseconds since 1970
     * @param bytes its size
     * @param rows its rows
     * @param inputRows rows of each merged source, those that are deleted included
     * @param columns that each merged source has
     * @param found statistics that were found in the file itself, as JSON, because rows of its sources are deleted; null where
     *     those of the sources hold
     * @param made how the bytes were made
     * @param deletes what became of rows that deletion vectors named
     * @param traffic what writing it took of stores
     */
    public record NewFile(
            String path,
            long modified,
            long bytes,
            long rows,
            List<Long> inputRows,
            List<FileColumns> columns,
            @Nullable String found,
            MovedBytes made,
            AppliedDeletes deletes,
            Traffic traffic)
            implements Serializable {
        public NewFile {
            inputRows = List.copyOf(inputRows);
            columns = List.copyOf(columns);
        }
    }
}
