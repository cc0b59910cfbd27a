package io.glulam.decode;

import io.glulam.format.Encoding;
import io.glulam.page.RepetitionLevels;

/**
 * Where the rows of a merged column chunk begin, page after page: each of the row groups that it was made of has to begin
 * at a row, and to hold its rows. Used once; not thread-safe.
 */
public final class RowBoundaries {
    private final long[] values;
    private final long[] rows;
    private int part;
    private long valuesSeen;
    private long rowsSeen;

    /**
     * @param values of the column in each row group, nulls included
     * @param rows of each row group
     */
    public RowBoundaries(long[] values, long[] rows) {
        this.values = values.clone();
        this.rows = rows.clone();
    }

    /**
     * Goes on with a page.
     *
     * @return how many rows begin in it; −1 if a row group begins within a row there, or ends with other than its rows
     * @throws io.glulam.error.CorruptFile if there are fewer levels than values
     */
    public int add(RepetitionLevels levels) {
        SmallNumberDecoder decoder = decoder(levels);
        int left = levels.count();
        int found = 0;
        while (left > 0) {
            if (!skipEnded()) {
                return -1;
            }
            if (valuesSeen == 0 && decoder.zeros(1) == 0) {
                return -1;
            }
            int first = valuesSeen == 0 ? 1 : 0;
            int taken = (int) Math.min(left, values[part] - valuesSeen);
            int starts = first + decoder.zeros(taken - first);
            valuesSeen += taken;
            rowsSeen += starts;
            found += starts;
            left -= taken;
        }
        return found;
    }

    /** Passes over row groups whose values have all been seen; false if one has other rows, or there is no other. */
    private boolean skipEnded() {
        while (part < values.length && valuesSeen == values[part]) {
            if (rowsSeen != rows[part]) {
                return false;
            }
            part++;
            valuesSeen = 0;
            rowsSeen = 0;
        }
        return part < values.length;
    }

    /** Whether all row groups have ended, each with its rows. */
    public boolean areComplete() {
        return !skipEnded() && part == values.length;
    }

    private static SmallNumberDecoder decoder(RepetitionLevels levels) {
        int to = levels.from() + levels.length();
        return levels.encoding() == Encoding.BIT_PACKED
                ? new BitPackedDecoder(levels.bytes(), levels.from(), to, levels.width())
                : new HybridNumberDecoder(levels.bytes(), levels.from(), to, levels.width());
    }
}
