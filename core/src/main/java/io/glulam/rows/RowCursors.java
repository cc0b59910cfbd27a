package io.glulam.rows;

import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.footer.Footer;
import io.glulam.format.SchemaNode;
import io.glulam.source.SourceFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Cursors of some leaves of a file that move from row to row together. Keeps a page of each leaf in memory. Not thread-safe;
 * does not close the file.
 */
public final class RowCursors implements AutoCloseable {
    private final SourceFile file;
    private final List<LeafCursor> cursors = new ArrayList<>();
    /** The next row; -1 before the first move, when nothing has been read. */
    private long row = -1;

    public RowCursors(SourceFile file) {
        this.file = file;
    }

    /** Adds a cursor for a leaf of the file's schema, before the first move. It stands at a row after that. */
    public LeafCursor add(SchemaNode leaf) {
        LeafCursor cursor = new LeafCursor(
                file,
                file.footer().schema().leaves().get(leaf.leaf()),
                file.footer().rowGroupCount());
        cursors.add(cursor);
        return cursor;
    }

    /** Returns the rows of the file. */
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
        if (wanted == row) {
            return;
        }
        Footer footer = file.footer();
        int group = 0;
        long first = 0;
        while (group < footer.rowGroupCount() && first + footer.rows(group) <= wanted) {
            first += footer.rows(group++);
        }
        int wantedGroup = group;
        if (row < first) {
            guarded(() -> cursors.forEach(cursor -> cursor.startAt(wantedGroup)));
            row = first;
        }
        long passed = wanted - row;
        guarded(() -> cursors.forEach(cursor -> cursor.skipRows(passed)));
        row = wanted;
    }

    /**
     * Reads the next row.
     *
     * @param reading takes the triplets of one row from every cursor
     * @return whether there was a row
     * @throws GlulamException if the file cannot be read
     */
    public boolean next(Runnable reading) {
        if (row < 0) {
            moveTo(0);
        }
        if (row == rowCount()) {
            return false;
        }
        row++;
        guarded(reading);
        return true;
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
        cursors.forEach(LeafCursor::close);
    }
}
