package io.glulam.source;

import io.glulam.footer.ChunkEntries;
import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way through some row groups column by column, though the footer has their entries row group by row group: where the
 * footer is not in memory, entries of several columns are parsed at once, and of each row group it is remembered how far
 * that came. Holds a bounded number of entries, at least one column's, and 4 bytes a row group. Quick where columns are
 * asked for about in their order, right in any. Thread-safe.
 */
public final class FragmentCursor {
    /** Entries that are parsed at once, unless one column has more. */
    private static final int MOST_CHUNKS = 2048;

    /** Columns in between that are not worth passing over. */
    private static final int NEAR = 4;

    private final SourceFile file;
    private final Footer footer;
    private int[] rowGroups = {};
    private int[] positions = {};
    /** The columns {@code [from, to)} of {@link #batch}, and those before it. */
    private int from;

    private int to;
    private Fragment[] batch = {};
    private int previousFrom;
    private Fragment[] previous = {};

    /** A cursor that is at no row groups yet. */
    public FragmentCursor(SourceFile file) {
        this.file = file;
        this.footer = file.footer();
    }

    /**
     * The column's chunks in those row groups.
     *
     * @param sources the same as before while the columns of the same row groups are asked for
     */
    public synchronized List<Fragment> of(int[] sources, Leaf leaf) {
        if (footer.findsChunks()) {
            return file.fragments(sources, leaf);
        }
        if (!Arrays.equals(sources, rowGroups)) {
            rowGroups = sources;
            positions = new int[sources.length];
            restart();
        }
        int column = leaf.index();
        List<Fragment> found = held(previous, previousFrom, from, column);
        if (found != null) {
            return found;
        }
        if (column < from) {
            restart();
        }
        while (column >= to) {
            parseNext(column);
        }
        found = held(batch, from, to, column);
        if (found == null) {
            throw new IllegalStateException("column " + column + " of [" + from + ", " + to + ")");
        }
        return found;
    }

    private void restart() {
        from = 0;
        to = 0;
        batch = new Fragment[0];
        previousFrom = 0;
        previous = batch;
    }

    private @Nullable List<Fragment> held(Fragment[] fragments, int first, int end, int column) {
        if (column < first || column >= end || fragments.length == 0) {
            return null;
        }
        int at = (column - first) * rowGroups.length;
        return List.of(Arrays.copyOfRange(fragments, at, at + rowGroups.length));
    }

    /**
     * Parses the columns that are next. Passes over those before {@code wanted} where they are many; a few may still be
     * asked for by another thread.
     */
    private void parseNext(int wanted) {
        int column = wanted - to > NEAR ? wanted : to;
        int columns = footer.schema().leaves().size();
        int count = Math.max(1, Math.min(columns - column, MOST_CHUNKS / Math.max(1, rowGroups.length)));
        previous = to == column ? batch : new Fragment[0];
        previousFrom = previous.length == 0 ? column : from;
        Fragment[] parsed = new Fragment[count * rowGroups.length];
        ChunkEntries entries = footer.entries(count);
        for (int i = 0; i < rowGroups.length; i++) {
            int rowGroup = rowGroups[i];
            int leaf = to;
            if (leaf == 0) {
                entries.start(rowGroup);
            } else {
                entries.resume(rowGroup, leaf, positions[i]);
            }
            for (; leaf < column; leaf++) {
                entries.skip();
            }
            long rows = footer.rows(rowGroup);
            for (int k = 0; k < count; k++) {
                parsed[k * rowGroups.length + i] = new Fragment(rowGroup, rows, entries.next());
            }
            positions[i] = entries.position();
        }
        batch = parsed;
        from = column;
        to = column + count;
    }

    /** Forgets the entries. */
    public synchronized void clear() {
        rowGroups = new int[0];
        positions = rowGroups;
        restart();
    }
}
