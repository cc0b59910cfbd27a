package io.glulam.tables.delta.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.storage.ObjectRef;
import io.glulam.tables.delta.log.DeletionVector;
import io.glulam.tables.delta.log.LoggedFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts that planning keeps of an active file: of its statistics, of which a table with many files has too many, the bounds of few columns.
 *
 * @param path as the log has it
 * @param object where it lies
 * @param size bytes
 * @param rows as the log has it, those that are deleted included; -1 if the log has none
 * @param modified when it was written, milliseconds since 1970
 * @param baseRowId row id of its first row; null if the log has none
 * @param rowCommitVersion version that its rows are of; null if the log has none
 * @param deletes the rows of it that are deleted; null for none
 * @param ranges bounds of the key columns; null where they are not known, empty where no order is asked for
 */
public record DataFile(
        String path,
        ObjectRef object,
        long size,
        long rows,
        long modified,
        @Nullable Long baseRowId,
        @Nullable Long rowCommitVersion,
        @Nullable DeletionVector deletes,
        List<KeyColumns.@Nullable Range> ranges) {
    /** Returns what planning keeps; {@code statistics} are those of {@code file}. */
    public static DataFile of(LoggedFile file, ObjectRef object, JsonNode statistics, KeyColumns keys) {
        return new DataFile(
                file.path(),
                object,
                file.size(),
                FileStatisticsMerger.rows(statistics),
                file.modified(),
                file.baseRowId(),
                file.rowCommitVersion(),
                file.deletes(),
                keys.ranges(statistics));
    }

    /** Number of rows that are not deleted; -1 if the log does not tell. */
    public long liveRows() {
        return rows < 0 ? -1 : Math.max(0, rows - deletedRows());
    }

    private long deletedRows() {
        return deletes == null ? 0 : deletes.rows();
    }

    /** Bytes that the rows that are not deleted take, about. */
    public long liveBytes() {
        return deletes == null || rows <= 0 ? size : (long) ((double) size * liveRows() / rows);
    }
}
