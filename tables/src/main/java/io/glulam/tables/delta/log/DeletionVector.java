package io.glulam.tables.delta.log;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The deleted rows of a data file, as the log tells them (specification, Deletion Vector Descriptor Schema). The
 * rows themselves are read by {@link DeltaLog#deletedRows}.
 *
 * @param storage {@code i} for bytes in the log, {@code u} for a file in the table's folder, {@code p} for an absolute path
 * @param place the bytes in base 85, the name of the file in base 85, or the path
 * @param offset where it begins in its file; null for bytes in the log
 * @param bytes its size
 * @param rows number of deleted rows
 */
public record DeletionVector(
        String storage, String place, @Nullable Integer offset, int bytes, long rows) implements Serializable {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DeletionVector that
                && storage.equals(that.storage)
                && place.equals(that.place)
                && Objects.equals(offset, that.offset)
                && bytes == that.bytes
                && rows == that.rows;
    }

    @Override
    public int hashCode() {
        return Objects.hash(storage, place, offset);
    }
}
