package io.glulam.source;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import java.util.Arrays;

/**
 * Finds single chunks' footer entries for callers that go through a column's row groups, a few columns at a time. Where the
 * footer is not in memory, each row group's entries are passed over once and not once for each column; what that takes is
 * some 80 bytes a row group of the file, and {@link io.glulam.storage.RangeReader#footerReadAhead} of the footer. Thread-safe.
 */
public final class ChunkLookup {
    /** Neighboring columns that may be gone through at once without being in each other's way. */
    private static final int COLUMNS = 4;

    private final SourceFile file;
    private final FragmentCursor[] cursors = new FragmentCursor[COLUMNS];

    public ChunkLookup(SourceFile file) {
        this.file = file;
        int readAheadBytes = FragmentCursor.readAheadBytes(file) / COLUMNS;
        Arrays.setAll(cursors, i -> FragmentCursor.byColumns(file, readAheadBytes));
    }

    /** Returns the entry of a column's chunk. */
    public ColumnChunk chunk(int rowGroup, Leaf leaf) {
        if (file.footer().findsChunks()) {
            return file.footer().chunk(rowGroup, leaf.index());
        }
        return cursors[leaf.index() % COLUMNS]
                .of(new int[] {rowGroup}, leaf)
                .get(0)
                .chunk();
    }
}
