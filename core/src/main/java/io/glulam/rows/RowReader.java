package io.glulam.rows;

import io.glulam.error.GlulamException;
import io.glulam.format.SchemaNode;
import io.glulam.source.SourceFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a file from one on, as far as wanted. A value is null or
 *
 * <ul>
 *   <li>a {@link Boolean}, {@link Integer}, {@link Long}, {@link Float} (also for FLOAT16) or {@link Double}; integers
 *       without a sign a {@link Long} or {@link java.math.BigInteger}
 *   <li>a {@link java.math.BigDecimal}, {@link java.time.LocalDate}, {@link java.time.LocalTime},
 *       {@link java.time.Instant}, {@link java.time.LocalDateTime} (not adjusted to UTC, and INT96), {@link java.util.UUID}
 *   <li>a {@link String}, of which malformed UTF-8 is replaced; a {@code byte[]} for all other bytes
 *   <li>an {@code Object[]} of its fields for a group, a {@link List}, or {@link MapEntries}
 * </ul>
 *
 * Keeps a page of each leaf in memory. Not thread-safe; does not close the file.
 */
public final class RowReader implements AutoCloseable {
    private final List<SchemaNode> columns;
    private final RowCursors cursors;
    private final NodeReader.Struct rows;

    /** @param columns children of the schema's root, in the order that is wanted; at least one with a leaf */
    public RowReader(SourceFile file, List<SchemaNode> columns) {
        this.columns = List.copyOf(columns);
        this.cursors = new RowCursors(file);
        this.rows = new RowNodes(cursors).of(columns);
    }

    /** Returns the columns, in the order of the fields of each row. */
    public List<SchemaNode> columns() {
        return columns;
    }

    /** Returns the rows of the file. */
    public long rowCount() {
        return cursors.rowCount();
    }

    /**
     * Moves to a row. Row groups between are not read.
     *
     * @param wanted from 0 on, at most {@link #rowCount}; not before the next row
     * @throws GlulamException if the file cannot be read
     */
    public void moveTo(long wanted) {
        cursors.moveTo(wanted);
    }

    /**
     * Reads the next row.
     *
     * @return null at the end
     * @throws GlulamException if the file cannot be read
     */
    public @Nullable Object @Nullable [] next() {
        @Nullable Object[][] values = new Object[1][];
        return cursors.next(() -> values[0] = rows.instance()) ? values[0] : null;
    }

    @Override
    public void close() {
        cursors.close();
    }
}
