package io.glulam.tables.iceberg.plan;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;

/**
 * Which deletes reach which live data files of a snapshot, whatever a filter selects: a delete file can go once every file
 * that it reaches is replaced. Not thread-safe.
 */
public final class DeleteReach {
    private final Map<String, Integer> dataFiles = new HashMap<>();

    /** Returns what names a delete file: several deletion vectors lie in one file. */
    public static String key(DeleteFile file) {
        return file.location() + '#' + file.contentOffset();
    }

    /** Counts the deletes of a live data file. */
    void add(FileScanTask task) {
        for (DeleteFile delete : task.deletes()) {
            if (delete.content() != FileContent.EQUALITY_DELETES) {
                dataFiles.merge(key(delete), 1, Integer::sum);
            }
        }
    }

    /** Returns the number of live data files that a delete file applies to. */
    public int of(DeleteFile file) {
        return dataFiles.getOrDefault(key(file), 0);
    }
}
