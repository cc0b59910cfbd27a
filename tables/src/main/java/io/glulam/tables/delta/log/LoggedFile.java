package io.glulam.tables.delta.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An active data file.
 *
 * @param path as the log has it: encoded as in a URI, relative to the table's folder unless it is absolute
 * @param partition raw values of the partition columns, by their physical names; null for a null
 * @param size bytes
 * @param modified when it was written, milliseconds since 1970
 * @param deletes the rows of it that are deleted; null for none
 * @param baseRowId row id of its first row; null if the log has none
 * @param rowCommitVersion version that its rows are of, where the file does not say more; null if the log has none
 * @param statistics JSON text; null if the log has none
 */
public record LoggedFile(
        String path,
        Map<String, @Nullable String> partition,
        long size,
        long modified,
        @Nullable DeletionVector deletes,
        @Nullable Long baseRowId,
        @Nullable Long rowCommitVersion,
        @Nullable String statistics) {}
