package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.ThriftReader;

/**
 * Finds single chunks' entries in a footer that is read through a window, by passing over those before them; remembers
 * where it was, so that neighbors are found at once. Thread-safe.
 */
final class ChunkFinder {
    private static final int COLUMNS = 1;

    private final Footer footer;
    private int rowGroup = -1;
    private int leaf;
    private int position;

    ChunkFinder(Footer footer) {
        this.footer = footer;
    }

    synchronized ColumnChunk find(int wantedRowGroup, int wantedLeaf) {
        int leaves = footer.schema().leaves().size();
        if (wantedLeaf < 0 || wantedLeaf >= leaves) {
            throw new IndexOutOfBoundsException("leaf " + wantedLeaf + " of " + leaves);
        }
        boolean ahead = rowGroup == wantedRowGroup && leaf <= wantedLeaf;
        ThriftReader in = footer.readerAt(
                ahead ? position : footer.rowGroupSpan(wantedRowGroup).from());
        if (!ahead) {
            seekFirst(in, in.position());
            leaf = 0;
        }
        rowGroup = -1; // Until the place is known: an entry may turn out to be corrupt.
        for (int i = leaf; i < wantedLeaf; i++) {
            in.skipElement(ThriftReader.STRUCT);
        }
        ColumnChunk chunk = footer.parse(in, wantedRowGroup, wantedLeaf);
        rowGroup = wantedRowGroup;
        leaf = wantedLeaf + 1;
        position = in.position();
        return chunk;
    }

    /** Goes to the first chunk's entry of the {@code RowGroup} struct at {@code struct}, which has been scanned before. */
    static void seekFirst(ThriftReader in, int struct) {
        in.seek(struct);
        int outer = in.enterStruct();
        while (in.nextField()) {
            if (FooterStruct.ROW_GROUP.knownId(in) == COLUMNS) {
                in.readListHeader();
                in.leaveStruct(outer);
                return;
            }
            in.skip();
        }
        throw new IllegalStateException("a row group without columns");
    }
}
