package io.glulam.footer;

import io.glulam.format.ColumnChunk;
import io.glulam.format.ThriftReader;
import org.jspecify.annotations.Nullable;

/**
 * Finds single chunks' entries in a footer that is read through a window, by passing over those before them; remembers
 * where it was, so that neighbors are found at once and read once. Thread-safe.
 */
final class ChunkFinder {
    private static final int COLUMNS = 1;

    private final Footer footer;
    /** Before the entry of {@link #leaf} in {@link #rowGroup}; null if nothing was found yet, or an entry was corrupt. */
    private @Nullable ThriftReader place;

    private int rowGroup;
    private int leaf;

    ChunkFinder(Footer footer) {
        this.footer = footer;
    }

    synchronized ColumnChunk find(int wantedRowGroup, int wantedLeaf) {
        int leaves = footer.schema().leaves().size();
        if (wantedLeaf < 0 || wantedLeaf >= leaves) {
            throw new IndexOutOfBoundsException("leaf " + wantedLeaf + " of " + leaves);
        }
        ThriftReader in = place;
        boolean ahead = in != null && rowGroup == wantedRowGroup && leaf <= wantedLeaf;
        place = null; // Until it is known again: an entry may turn out to be corrupt.
        if (in == null) {
            in = footer.readerAt(0);
        }
        if (!ahead) {
            seekFirst(in, footer.rowGroupSpan(wantedRowGroup).from());
            leaf = 0;
        }
        for (int i = leaf; i < wantedLeaf; i++) {
            in.skipElement(ThriftReader.STRUCT);
        }
        ColumnChunk chunk = footer.parse(in, wantedRowGroup, wantedLeaf, KnownLists.NOTHING);
        rowGroup = wantedRowGroup;
        leaf = wantedLeaf + 1;
        place = in;
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
