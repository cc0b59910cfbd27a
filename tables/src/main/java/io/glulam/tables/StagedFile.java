package io.glulam.tables;

import io.glulam.storage.Traffic;
import java.util.List;

/**
 * A file that a staged compaction has written and not committed.
 *
 * @param output index of the output in the plan
 * @param place where the file lies, as {@link StagedCompaction#place} has named it
 * @param entry what the format's commit needs to know of it, in the format's own words
 * @param left indexes of the output's sources that Glulam refused and that are not in the file, ascending
 * @param sourceBytes sum of the sizes of the sources in the file
 * @param bytes how the file's bytes were made
 * @param traffic requests and bytes of stores
 */
public record StagedFile(
        int output,
        String place,
        String entry,
        List<Integer> left,
        long sourceBytes,
        TableReport.MovedBytes bytes,
        Traffic traffic) {
    public StagedFile {
        left = List.copyOf(left);
    }
}
