package io.glulam.tables.delta.rewrite;

import io.glulam.tables.delta.files.FileColumns;
import io.glulam.tables.delta.plan.MergeGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a commit needs of a new file.
 *
 * @param group that it is made from
 * @param path for the log
 * @param modified when it was written, milliseconds since 1970
 * @param columns of each of the group's files
 * @param bytes size of the file
 * @param rows of the file
 * @param inputRows rows of each of the group's files, those that are deleted included
 * @param found statistics that were found in the file itself, as JSON, because rows of its sources are deleted; null where
 *     those of the sources hold
 */
record NewFile(
        MergeGroup group,
        String path,
        long modified,
        List<FileColumns> columns,
        long bytes,
        long rows,
        List<Long> inputRows,
        @Nullable String found) {
    NewFile {
        columns = List.copyOf(columns);
        inputRows = List.copyOf(inputRows);
    }
}
