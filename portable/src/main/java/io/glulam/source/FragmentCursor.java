package io.glulam.source;

import io.glulam.error.Place;
import io.glulam.error.Remedy;
import io.glulam.error.Unsupported;
import io.glulam.footer.ChunkEntries;
import io.glulam.footer.EntryReadAhead;
import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way through the chunks of row groups column by column, though the footer has their entries row group by row group:
 * where the footer is not in memory, entries of several columns are read at once, and of each row group it is remembered
 * how far that came. Holds a bounded number of entries, at least one column's of the row groups that are asked for, a
 * bounded number of the footer's bytes, and some 20 bytes a row group of the file. Quick where columns are asked for about
 * in their order, right in any. Thread-safe.
 */
public final class FragmentCursor {
    /** Entries that are parsed at once, unless one column has more. */
    private static final int MAX_CHUNKS = 2048;

    /** Bytes of the footer that are parsed at once, unless one column has more: entries with long bounds are long. */
    private static final int MAX_BYTES = 1 << 20;

    /** Where chunks are longer on average, neighbours are not read together. */
    private static final long LONG_CHUNK = 8 << 10;

    /** Columns in between that are not worth passing over. */
    private static final int NEAR = 4;

    /** A column's entries of the row groups that become one are held, by two threads: of each row group so much. */
    private static final long BYTES_PER_ROW_GROUP = 1600;

    /**
     * Longer entries count with their bytes: so many columns are held at once, in work, ahead of their turn and not yet
     * written.
     */
    private static final long LONG_ENTRY = 1024;

    private static final long COPIES = 12;

    private final SourceFile file;
    private final Footer footer;
    private final boolean ahead;
    private final int readAheadBytes;
    private @Nullable EntryReadAhead readAhead;
    /** Of each row group of the file, the leaf whose entry is next, and where that begins. */
    private int[] leaves = {};

    private int[] positions = {};
    /** Where not {@link #ahead}: of each row group of the file that was asked for, how many were before it or with it. */
    private int[] order = {};

    private int asked;
    private int[] rowGroups = {};
    /** The columns {@code [from, to)} of {@link #batch}, and those before it. */
    private int from;

    private int to;
    private FragmentChunk[] batch = {};
    private int previousFrom;
    private FragmentChunk[] previous = {};
    /** The file that may hold the chunks of {@link #batch}, and that of those before it. */
    private SourceFile batchFile;

    private SourceFile previousFile;

    private FragmentCursor(SourceFile file, boolean ahead, int readAheadBytes) {
        this.file = file;
        this.footer = file.footer();
        this.ahead = ahead;
        this.readAheadBytes = readAheadBytes;
        this.batchFile = file;
        this.previousFile = file;
    }

    /** Returns a cursor for callers that go through all columns of some row groups, then of others. */
    public static FragmentCursor byRowGroups(SourceFile file) {
        return new FragmentCursor(file, true, readAheadBytes(file));
    }

    /** Returns a cursor for callers that go through the columns, and of each through several lots of row groups. */
    public static FragmentCursor byColumns(SourceFile file) {
        return byColumns(file, readAheadBytes(file));
    }

    /** Returns the bytes of the footer that a caller may hold who goes through its columns. */
    static int readAheadBytes(SourceFile file) {
        return file.bytes().reader().footerReadAhead();
    }

    /** @param readAheadBytes bytes of the footer that may be held */
    static FragmentCursor byColumns(SourceFile file, int readAheadBytes) {
        return new FragmentCursor(file, false, readAheadBytes);
    }

    /**
     * Returns the column's chunks in those row groups.
     *
     * @throws Unsupported if the entries of so many row groups do not fit the memory
     */
    public List<FragmentChunk> of(int[] sources, Leaf leaf) {
        return find(sources, leaf, false);
    }

    /**
     * Returns the column's chunks in those row groups. Where the chunks of neighbouring columns are short and the
     * columns are asked for one after the other, the fragments' file reads them together and holds them.
     *
     * @throws Unsupported as {@link #of}
     */
    public List<FragmentChunk> holding(int[] sources, Leaf leaf) {
        return find(sources, leaf, true);
    }

    private synchronized List<FragmentChunk> find(int[] sources, Leaf leaf, boolean holding) {
        if (footer.findsChunks()) {
            return file.fragments(sources, leaf);
        }
        requireMemory(sources.length);
        if (!Arrays.equals(sources, rowGroups)) {
            rowGroups = sources;
            forget();
        }
        int column = leaf.index();
        List<FragmentChunk> found = held(previous, previousFrom, from, column);
        SourceFile through = previousFile;
        while (found == null) {
            found = held(batch, from, to, column);
            through = batchFile;
            if (found == null) {
                parseNext(column);
            }
        }
        return holding ? FragmentChunk.through(through, found) : found;
    }

    private void requireMemory(int count) {
        long bytes = entryBytes();
        long needed = count * (BYTES_PER_ROW_GROUP + (bytes > LONG_ENTRY ? COPIES * bytes : 0));
        if (needed > file.bufferBytes()) {
            throw new Unsupported(
                    Place.of(file.bytes().name()),
                    "merging " + count + " row groups into one takes more memory than is allowed",
                    Remedy.BUFFERS_OR_FEWER_ROWS.text(needed));
        }
    }

    /** Returns the bytes of a chunk's entry in the footer, on average. */
    private long entryBytes() {
        long chunks = (long) footer.rowGroupCount() * footer.schema().leaves().size();
        return footer.bytes().length() / Math.max(1, chunks);
    }

    private void forget() {
        if (ahead) {
            readAhead = null; // It is for the row groups that were asked for.
        }
        from = 0;
        to = 0;
        batch = new FragmentChunk[0];
        batchFile = file;
        previousFrom = 0;
        previous = batch;
        previousFile = file;
    }

    private @Nullable List<FragmentChunk> held(FragmentChunk[] fragments, int first, int end, int column) {
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
        long chunkBytes = Math.max(1, file.bytes().size() / footer.rowGroupCount() / columns);
        long held = chunkBytes <= LONG_CHUNK ? MAX_BYTES / chunkBytes : MAX_CHUNKS;
        int chunks = (int) Math.min(Math.min(MAX_CHUNKS, held), MAX_BYTES / Math.max(1, entryBytes()));
        int atOnce = ahead ? chunks / Math.max(1, rowGroups.length) : 1;
        int count = Math.max(1, Math.min(columns - column, atOnce));
        boolean isShort = batch.length * entryBytes() <= MAX_BYTES;
        previous = to == column && isShort ? batch : new FragmentChunk[0];
        previousFrom = previous.length == 0 ? column : from;
        previousFile = previous.length == 0 ? file : batchFile;
        batch = parse(column, count);
        // A store is asked for the ranges that were planned, and no others.
        boolean together = count > 1 && !file.bytes().reader().isRemote();
        batchFile = together ? file.holding(count, chunks(batch)) : file;
        from = column;
        to = column + count;
    }

    private static List<ColumnChunk> chunks(FragmentChunk[] fragments) {
        return Arrays.stream(fragments).map(FragmentChunk::chunk).toList();
    }

    /** Returns the entries of the columns {@code [column, column + count)}, column by column. */
    private FragmentChunk[] parse(int column, int count) {
        if (positions.length == 0) {
            positions = new int[footer.rowGroupCount()];
            leaves = new int[footer.rowGroupCount()];
            order = new int[ahead ? 0 : footer.rowGroupCount()];
        }
        EntryReadAhead reading = readAhead();
        FragmentChunk[] parsed = new FragmentChunk[count * rowGroups.length];
        ChunkEntries entries = footer.entries(count, reading);
        for (int i = 0; i < rowGroups.length; i++) {
            int rowGroup = rowGroups[i];
            reading.turnTo(ahead ? i : slot(rowGroup), rowGroup);
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
                parsed[k * rowGroups.length + i] = new FragmentChunk(file, rowGroup, rows, entries.next());
            }
            if (ahead || leaves[rowGroup] < column + count) {
                positions[rowGroup] = entries.position();
                leaves[rowGroup] = column + count;
            }
        }
        return parsed;
    }

    /** Row groups that are asked for in turns are asked for one after the other the first time, too: they share no stretch. */
    private int slot(int rowGroup) {
        if (order[rowGroup] == 0) {
            order[rowGroup] = ++asked;
        }
        return order[rowGroup] - 1;
    }

    private EntryReadAhead readAhead() {
        EntryReadAhead known = readAhead;
        if (known == null) {
            known = new EntryReadAhead(footer, ahead ? rowGroups.length : footer.rowGroupCount(), readAheadBytes);
            readAhead = known;
        }
        return known;
    }
}
