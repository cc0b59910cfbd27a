package io.glulam.tables.delta;

import io.glulam.storage.StoredObject;
import org.jspecify.annotations.Nullable;

/**
 * What planning keeps of an active file: not its statistics, of which a table with many files has too many.
 *
 * @param path as the log has it
 * @param object where it lies
 * @param size bytes
 * @param rows as the log has it; -1 if the log has none
 * @param modified when it was written, milliseconds since 1970
 * @param baseRowId row id of its first row; null if the log has none
 * @param rowCommitVersion version that its rows are of; null if the log has none
 */
record DataFile(
        String path,
        StoredObject object,
        long size,
        long rows,
        long modified,
        @Nullable Long baseRowId,
        @Nullable Long rowCommitVersion) {}
