package io.glulam.tables.delta;

import java.util.List;

/**
 * What a commit needs to know of a new file.
 *
 * @param group that it is made from
 * @param path for the log
 * @param modified when it was written, milliseconds since 1970
 * @param forms of the group's files
 * @param bytes size of the file
 * @param rows of the file
 * @param inputRows rows of each of the group's files
 */
record NewFile(
        MergeGroup group,
        String path,
        long modified,
        List<FileForm> forms,
        long bytes,
        long rows,
        List<Long> inputRows) {
    NewFile {
        forms = List.copyOf(forms);
        inputRows = List.copyOf(inputRows);
    }
}
