package io.glulam.adapt;

import io.glulam.decode.ByteSlice;
import io.glulam.decode.ColumnBatch;
import io.glulam.decode.TripletReader;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.MadeColumn.Ascending;
import io.glulam.shape.MadeColumn.Constant;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Values that were given for a column of one row group. Not thread-safe. */
final class GivenValues {
    private final Leaf target;
    private final @Nullable Constant constant;
    private final boolean holdsBytes;
    private final long bits;
    private final long first;
    private final KeptRows rows;

    /**
     * @param target the column in the output
     * @param values what they are
     * @param firstRow position of the row group's first row in its file
     * @param deleted rows of the row group that the output does not get
     * @throws Unsupported if ascending numbers pass 64 bits before that row
     */
    GivenValues(Leaf target, MadeColumn.Values values, long firstRow, BitSet deleted) {
        this.target = target;
        this.rows = new KeptRows(deleted);
        this.constant = values instanceof Constant given ? given : null;
        this.holdsBytes = ColumnBatch.holdsBytes(target.type());
        this.bits = constant == null || holdsBytes ? 0 : bits(constant.plain());
        this.first = values instanceof Ascending ascending ? sum(ascending.first(), firstRow) : 0;
    }

    /** The bits of a number, as {@link TripletReader#bits} gives them. */
    private static long bits(byte[] plain) {
        long bits = plain[plain.length - 1];
        for (int i = plain.length - 2; i >= 0; i--) {
            bits = bits << Byte.SIZE | plain[i] & 0xff;
        }
        return bits;
    }

    private static long sum(long first, long rows) {
        long number = first + rows;
        if (number < first) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "numbers that ascend from " + first + " pass 64 bits",
                    "look for what is wrong in the table's metadata");
        }
        return number;
    }

    Leaf target() {
        return target;
    }

    /** The constant; null if the values ascend. */
    @Nullable
    Constant constant() {
        return constant;
    }

    /** Appends the value of a row of an INT64 column in encoding PLAIN; rows that are left are counted in the row group. */
    void appendLong(long row, ByteArrayBuilder out) {
        appendLong(out, constant == null ? sum(first, rows.position(row)) : bits);
    }

    /** Appends the ascending numbers of {@code count} rows from {@code row} on in encoding PLAIN. */
    void appendAscending(long row, int count, ByteArrayBuilder out) {
        int start = out.size();
        byte[] bytes = out.reserve(count * Long.BYTES);
        for (int i = 0; i < count; i++) {
            LittleEndian.setLong(bytes, start + i * Long.BYTES, sum(first, rows.position(row + i)));
        }
        out.advance(count * Long.BYTES);
    }

    static void appendLong(ByteArrayBuilder out, long value) {
        out.appendInt((int) value);
        out.appendInt((int) (value >>> Integer.SIZE));
    }

    /** Whether a triplet that is not null has the value of a row. */
    boolean isAt(TripletReader triplet, long row) {
        Constant given = constant;
        if (given == null) {
            return triplet.bits() == first + rows.position(row);
        }
        if (!holdsBytes) {
            return triplet.bits() == bits;
        }
        byte[] plain = given.plain();
        ByteSlice bytes = triplet.bytes();
        return Arrays.equals(bytes.array(), bytes.from(), bytes.from() + bytes.length(), plain, 0, plain.length);
    }
}
