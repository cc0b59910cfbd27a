package io.glulam.tables;

import io.glulam.tables.delta.SharedDeltaTable;
import io.glulam.tables.iceberg.SharedIcebergTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A table on the local disk that several processes work on, in two partitions. */
public interface SharedTable extends AutoCloseable {
    /** The formats that Glulam compacts. */
    enum Format {
        ICEBERG,
        DELTA;

        /** Makes the table, or opens it where it is made already. */
        SharedTable open(Path folder, boolean create) {
            return this == ICEBERG ? SharedIcebergTable.open(folder, create) : SharedDeltaTable.open(folder, create);
        }
    }

    /** Opens the table as the command does. */
    Table opened();

    /** Appends a file to each partition, in one commit. */
    void append(long firstId, int rowsAFile);

    /**
     * Deletes rows, as the format's own writers do.
     *
     * @param ids of one call of {@code append}: the first id and the number of rows
     * @return the ids that were deleted; none if another commit was first
     */
    List<Long> delete(long firstId, int rowsAFile, Random random);

    /** The ids of all rows, sorted. */
    List<Long> ids();

    /** Every row, all columns, sorted. */
    List<String> rows();

    /** The files that the present state names. */
    Set<Path> named();

    /** The folder below which data files lie. */
    Path data();

    @Override
    void close();
}
