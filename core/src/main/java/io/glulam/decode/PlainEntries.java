package io.glulam.decode;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.page.LittleEndian;
import java.util.Arrays;

/** A chunk's dictionary: PLAIN values by index, over a copy of the dictionary page. Immutable. */
final class PlainEntries {
    private final byte[] bytes;
    private final int count;
    private final PhysicalType type;
    private final int width;
    /** Where BYTE_ARRAY entries begin, behind their length; empty for other types. */
    private final int[] starts;

    PlainEntries(Leaf leaf, int count, byte[] page, int from, int length) {
        this.type = leaf.type();
        this.width = leaf.valueWidth();
        this.count = count;
        long needed = type == PhysicalType.BOOLEAN ? (count + 7L) >>> 3 : (long) count * Math.max(width, 0);
        if (type == PhysicalType.BYTE_ARRAY) {
            needed = (long) count * Integer.BYTES;
        }
        if (needed > length) {
            throw ValueReader.corrupt("a dictionary of " + count + " entries in " + length + " bytes");
        }
        this.bytes = Arrays.copyOfRange(page, from, from + length);
        this.starts = type == PhysicalType.BYTE_ARRAY ? starts(bytes, count) : new int[0];
    }

    private static int[] starts(byte[] bytes, int count) {
        int[] starts = new int[count];
        int position = 0;
        for (int i = 0; i < count; i++) {
            int length = bytes.length - position < Integer.BYTES ? -1 : LittleEndian.getInt(bytes, position);
            position += Integer.BYTES;
            if (length < 0 || length > bytes.length - position) {
                throw ValueReader.corrupt("dictionary entry " + i + " does not fit its page");
            }
            starts[i] = position;
            position += length;
        }
        return starts;
    }

    long bits(int index) {
        check(index);
        return switch (type) {
            case BOOLEAN -> bytes[index >>> 3] >>> (index & 7) & 1;
            case INT32, FLOAT -> LittleEndian.getInt(bytes, index * Integer.BYTES);
            case INT64, DOUBLE -> LittleEndian.getLong(bytes, index * Long.BYTES);
            default -> throw new IllegalStateException("the column holds bytes");
        };
    }

    void bytes(int index, ByteSlice target) {
        check(index);
        if (type == PhysicalType.BYTE_ARRAY) {
            int start = starts[index];
            target.set(bytes, start, LittleEndian.getInt(bytes, start - Integer.BYTES));
        } else {
            target.set(bytes, index * width, width);
        }
    }

    private void check(int index) {
        if (index < 0 || index >= count) {
            throw ValueReader.corrupt("dictionary index " + Integer.toUnsignedString(index) + " of " + count);
        }
    }
}
