package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.ThriftReader;

/**
 * The way through the column chunks' entries of row groups, one after the other, as they lie in the footer: fast whether
 * the footer is in memory or read through a window. {@link #start} with a row group, then {@link #next} for each leaf. Not
 * thread-safe.
 */
public final class ChunkEntries {
    private final Footer footer;
    private final ThriftReader in;
    private final KnownLists known = new KnownLists();
    private int rowGroup;
    private int leaf;

    /** @param in anywhere in the footer */
    ChunkEntries(Footer footer, ThriftReader in) {
        this.footer = footer;
        this.in = in;
    }

    /** Goes to the first chunk's entry of a row group. */
    public ChunkEntries start(int nextRowGroup) {
        rowGroup = nextRowGroup;
        leaf = 0;
        ChunkFinder.seekFirst(in, footer.rowGroupSpan(nextRowGroup).from());
        return this;
    }

    /**
     * Goes on where this or another way through the same footer was.
     *
     * @param position as {@link #position} gave it before {@code nextLeaf}
     */
    public ChunkEntries resume(int nextRowGroup, int nextLeaf, int position) {
        rowGroup = nextRowGroup;
        leaf = nextLeaf;
        in.seek(position);
        return this;
    }

    /** Returns where the next leaf's entry begins in the footer. */
    public int position() {
        return in.position();
    }

    /** Passes over the next leaf's entry. */
    public void skip() {
        in.skipElement(ThriftReader.STRUCT);
        leaf++;
    }

    /**
     * Returns the next leaf's entry.
     *
     * @throws io.glulam.error.CorruptFile if its statistics are
     */
    public ColumnChunk next() {
        return footer.parse(in, rowGroup, leaf++, known);
    }
}
