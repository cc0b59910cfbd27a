package io.glulam.tables.iceberg.plan;

import java.util.Comparator;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.jspecify.annotations.Nullable;

/**
 * A data file of a table that a compaction may merge.
 *
 * @param file its entry in the manifest, without statistics
 * @param fragmented whether its row groups are too small, so that it gains by itself
 * @param deletes position deletes and deletion vectors that are applied to it
 * @param key the values of the sort order's first column; null where the table is unsorted or they are not known
 */
public record TableFile(
        DataFile file,
        boolean fragmented,
        List<DeleteFile> deletes,
        @Nullable KeyRange key) {
    public TableFile {
        deletes = List.copyOf(deletes);
    }

    /** Returns the size of the file in bytes. */
    public long bytes() {
        return file.fileSizeInBytes();
    }

    /**
     * Puts files in the order in which their rows are merged: by the sort order's first column where the table has one, else
     * as they were committed.
     */
    public static void sort(List<TableFile> files, KeyRange.@Nullable Key key) {
        files.sort(Comparator.<TableFile>comparingLong(file -> sequenceNumber(file.file()))
                .thenComparing(file -> file.file().location()));
        if (key != null) {
            key.sort(files);
        }
    }

    private static long sequenceNumber(DataFile file) {
        Long number = file.dataSequenceNumber();
        return number == null ? 0 : number;
    }
}
