package io.glulam.schema;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a file.
 *
 * @param raw the serialized list of elements
 * @param trustsFieldIds whether field ids are the table's: old versions of parquet-cpp number the fields of each file
 */
@SuppressWarnings("ArrayRecordComponent")
public record FileSchema(byte[] raw, boolean trustsFieldIds) implements Serializable {
    /** Whether another schema has the same bytes, and field ids that mean as much. */
    public boolean isSame(@Nullable FileSchema other) {
        return other != null && trustsFieldIds == other.trustsFieldIds && Arrays.equals(raw, other.raw);
    }
}
