package io.glulam.source;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.footer.ChunkEntries;
import io.glulam.footer.Footer;
import io.glulam.format.Leaf;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way through the chunks of row groups column by column, though the footer has their entries row group by row group:
 * where the footer is not in memory, entries of several columns are parsed at once, and of each row group it is remembered
 * how far that came. Holds a bounded number of entries, at least one column's of the row groups that are asked for, and
 * 8 bytes a row group of the file. Quick where columns are asked for about in their order, right in any. Thread-safe.
 */
public final class FragmentCursor {
    /** Entries that are parsed at once, unless one column has more. */
    private static final int MAX_CHUNKS = 2048;

    /** Bytes of the footer that are parsed at once, unless one column has more: entries with long bounds are long. */
    private static final int MAX_BYTES = 1 << 20;

    /** Columns in between that are not worth passing over. */
    private static final int NEAR = 4;

    /** A column's entries of the row groups that become one are held, by two threads: of each row group so much. */
    private static final long BYTES_PER_ROW_GROUP = 1600;

    /** Longer entries count with their bytes: so many columns are held at once, in work, ahead of their turn and not yet written. */
    private static final long LONG_ENTRY = 1024;

    private static final long COPIES = 12;

    private final SourceFile file;
    private final Footer footer;
    private final boolean ahead;
    /** Of each row group of the file, the leaf whose entry is next, and where that begins. */
    private int[] leaves = {};

    private int[] positions = {};
    private int[] rowGroups = {};
    /** The columns {@code [from, to)} of {@link #batch}, and those before it. */
    private int from;

    private int to;
    private Fragment[] batch = {};
    private int previousFrom;
    private Fragment[] previous = {};

    private FragmentCursor(SourceFile file, boolean ahead) {
        this.file = file;
        this.footer = file.footer();
        this.ahead = ahead;
    }

    /** A cursor for callers that go through all columns of some row groups, then of others. */
    public static FragmentCursor byRowGroups(SourceFile file) {
        return new FragmentCursor(file, true);
    }

    /** A cursor for callers that go through the columns, and of each through several lots of row groups. */
    public static FragmentCursor byColumns(SourceFile file) {
        return new FragmentCursor(file, false);
    }

    /**
     * The column's chunks in those row groups.
     *
     * @throws Unsupported if the entries of so many row groups do not fit the memory
     */
    public synchronized List<Fragment> of(int[] sources, Leaf leaf) {
        if (footer.findsChunks()) {
            return file.fragments(sources, leaf);
        }
        requireMemory(sources.length);
        if (!Arrays.equals(sources, rowGroups)) {
            rowGroups = sources;
            forget();
        }
        int column = leaf.index();
        List<Fragment> found = held(previous, previousFrom, from, column);
        while (found == null) {
            found = held(batch, from, to, column);
            if (found == null) {
                parseNext(column);
            }
        }
        return found;
    }

    private void requireMemory(int count) {
        long bytes = entryBytes();
        long needed = count * (BYTES_PER_ROW_GROUP + (bytes > LONG_ENTRY ? COPIES * bytes : 0));
        if (needed > file.bufferBytes()) {
            throw new Unsupported(
                    Place.of(file.bytes().name()),
                    "merging " + count + " row groups into one takes more memory than is allowed",
                    Remedy.buffers(needed) + Remedy.OR_FEWER_ROWS);
        }
    }

    /** Bytes of a chunk's entry in the footer, on average. */
    private long entryBytes() {
        long chunks = (long) footer.rowGroupCount() * footer.schema().leaves().size();
        return footer.bytes().length() / Math.max(1, chunks);
    }

    private void forget() {
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
        boolean isNear = ahead && wanted >= to && wanted - to <= NEAR;
        int column = isNear ? to : wanted;
        int columns = footer.schema().leaves().size();
        int chunks = (int) Math.min(MAX_CHUNKS, MAX_BYTES / Math.max(1, entryBytes()));
        int atOnce = ahead ? chunks / Math.max(1, rowGroups.length) : 1;
        int count = Math.max(1, Math.min(columns - column, atOnce));
        boolean isShort = batch.length * entryBytes() <= MAX_BYTES;
        previous = to == column && isShort ? batch : new Fragment[0];
        previousFrom = previous.length == 0 ? column : from;
        batch = parse(column, count);
        from = column;
        to = column + count;
    }

    /** The entries of the columns {@code [column, column + count)}, column by column. */
    private Fragment[] parse(int column, int count) {
        if (positions.length == 0) {
            positions = new int[footer.rowGroupCount()];
            leaves = new int[footer.rowGroupCount()];
        }
        Fragment[] parsed = new Fragment[count * rowGroups.length];
        ChunkEntries entries = footer.entries(count);
        for (int i = 0; i < rowGroups.length; i++) {
            int rowGroup = rowGroups[i];
            int leaf = leaves[rowGroup];
            if (leaf == 0 || leaf > column) {
                leaf = 0;
                entries.start(rowGroup);
            } else {
                entries.resume(rowGroup, leaf, positions[rowGroup]);
            }
            for (; leaf < column; leaf++) {
                entries.skip();
            }
            long rows = footer.rows(rowGroup);
            for (int k = 0; k < count; k++) {
                parsed[k * rowGroups.length + i] = new Fragment(rowGroup, rows, entries.next());
            }
            if (ahead || leaves[rowGroup] < column + count) {
                positions[rowGroup] = entries.position();
                leaves[rowGroup] = column + count;
            }
        }
        return parsed;
    }
}
