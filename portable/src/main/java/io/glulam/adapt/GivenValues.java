package io.glulam.adapt;

import io.glulam.decode.ByteSlice;
import io.glulam.decode.TripletReader;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.Leaf;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.MadeColumn.Constant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values that were given for a column of one row group.
 *
 * @param target the column in the output
 * @param values what they are
 * @param firstRow position of the row group's first row in its file
 */
record GivenValues(Leaf target, MadeColumn.Values values, long firstRow) {
    /** The constant; null if the values ascend. */
    @Nullable
    Constant constant() {
        return values instanceof Constant constant ? constant : null;
    }

    /**
     * Returns the number of a row.
     *
     * @param row position in the row group
     * @throws Unsupported if it passes 64 bits
     */
    long ascending(long row) {
        long first = ((MadeColumn.Ascending) values).first();
        long number = first + firstRow + row;
        if (number < first) {
            throw new Unsupported(
                    Place.UNKNOWN,
                    "numbers that ascend from " + first + " pass 64 bits",
                    "look for what is wrong in the table's metadata");
        }
        return number;
    }

    /** Appends the value of a row of an INT64 column in encoding PLAIN. */
    void appendLong(long row, ByteArrayBuilder out) {
        Constant constant = constant();
        if (constant == null) {
            appendLong(out, ascending(row));
        } else {
            out.append(constant.plain(), 0, constant.plain().length);
        }
    }

    static void appendLong(ByteArrayBuilder out, long value) {
        out.appendInt((int) value);
        out.appendInt((int) (value >>> Integer.SIZE));
    }

    /** Whether a triplet that is not null has the value of a row. */
    boolean isAt(TripletReader triplet, long row) {
        Constant constant = constant();
        if (constant == null) {
            return triplet.bits() == ascending(row);
        }
        byte[] plain = constant.plain();
        return switch (target.type()) {
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY, INT96 -> {
                ByteSlice bytes = triplet.bytes();
                yield Arrays.equals(bytes.array(), bytes.from(), bytes.from() + bytes.length(), plain, 0, plain.length);
            }
            case BOOLEAN -> triplet.bits() == plain[0];
            default -> triplet.bits() == bits(plain);
        };
    }

    private static long bits(byte[] plain) {
        long bits = plain[plain.length - 1];
        for (int i = plain.length - 2; i >= 0; i--) {
            bits = bits << Byte.SIZE | plain[i] & 0xff;
        }
        return bits;
    }
}
