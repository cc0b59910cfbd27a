package io.glulam.rows;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
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
    private final SourceFile file;
    private final List<SchemaNode> columns;
    private RowNodes nodes;
    private NodeReader.Struct rows;
    private long row;

    /** @param columns children of the schema's root, in the order that is wanted; at least one with a leaf */
    public RowReader(SourceFile file, List<SchemaNode> columns) {
        this.file = file;
        this.columns = List.copyOf(columns);
        this.nodes = new RowNodes(file, file.footer().rowGroupCount());
        this.rows = nodes.of(columns);
        this.row = -1;
    }

    /** The columns, in the order of the fields of each row. */
    public List<SchemaNode> columns() {
        return columns;
    }

    /** Rows of the file. */
    public long rowCount() {
        return file.footer().rowCount();
    }

    /**
     * Moves to a row. Row groups between are not read.
     *
     * @param wanted from 0 on, at most {@link #rowCount}; not before the next row
     * @throws GlulamException if the file cannot be read
     */
    public void moveTo(long wanted) {
        if (wanted < row || wanted > rowCount()) {
            throw new IllegalArgumentException("row " + wanted + " from row " + row + " on, of " + rowCount());
        }
        Footer footer = file.footer();
        int group = 0;
        long first = 0;
        while (group < footer.rowGroupCount() && first + footer.rows(group) <= wanted) {
            first += footer.rows(group++);
        }
        if (row < first) {
            close();
            nodes = new RowNodes(file, group);
            rows = nodes.of(columns);
            row = first;
        }
        long passed = wanted - row;
        guarded(() -> nodes.cursors().forEach(cursor -> cursor.skipRows(passed)));
        row = wanted;
    }

    /**
     * Reads the next row.
     *
     * @return null at the end
     * @throws GlulamException if the file cannot be read
     */
    public @Nullable Object @Nullable [] next() {
        if (row < 0) {
            moveTo(0);
        }
        if (row == rowCount()) {
            return null;
        }
        row++;
        @Nullable Object[][] values = new Object[1][];
        guarded(() -> values[0] = rows.instance());
        return values[0];
    }

    private void guarded(Runnable reading) {
        try {
            reading.run();
        } catch (GlulamException failure) {
            throw failure.within(Place.of(file.name()));
        } catch (ArithmeticException | IndexOutOfBoundsException failure) {
            throw new CorruptFile(Place.of(file.name()), "rows that cannot be assembled", null, failure);
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
