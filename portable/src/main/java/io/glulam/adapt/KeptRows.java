package io.glulam.adapt;

import java.util.BitSet;

/** The positions in a row group of the rows that are left of it. Fast where they are asked for in order. Not thread-safe. */
final class KeptRows {
    private final BitSet deleted;
    private long row;
    private int position;

    /** @param deleted rows of the row group */
    KeptRows(BitSet deleted) {
        this.deleted = deleted;
        this.position = deleted.nextClearBit(0);
    }

    /** Returns the position of a row, which is counted among those that are left. */
    long position(long kept) {
        if (deleted.isEmpty()) {
            return kept;
        }
        if (kept < row) {
            row = 0;
            position = deleted.nextClearBit(0);
        }
        for (; row < kept; row++) {
            position = deleted.nextClearBit(position + 1);
        }
        return position;
    }
}
