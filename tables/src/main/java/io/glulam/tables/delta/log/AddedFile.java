package io.glulam.tables.delta.log;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A data file to be added.
 *
 * @param path relative to the table's folder, encoded as in a URI
 * @param partition raw values of the partition columns, by their physical names
 * @param size bytes
 * @param modified when it was written, milliseconds since 1970
 * @param statistics JSON text with at least the number of rows
 */
public record AddedFile(
        String path, Map<String, @Nullable String> partition, long size, long modified, String statistics) {}
