package io.glulam.decode;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;

/** Encoding BYTE_STREAM_SPLIT: all first bytes, then all second bytes, and so on. */
final class SplitReader extends ValueReader {
    private final byte[] page;
    private final int from;
    private final int count;
    private final byte[] value;
    private int next;

    SplitReader(Leaf leaf, byte[] page, int from, int to) {
        int width = leaf.valueWidth();
        if (width > 0 && (to - from) % width != 0) {
            throw corrupt("byte streams of " + (to - from) + " bytes for values of " + width);
        }
        this.page = page;
        this.from = from;
        this.count = width == 0 ? Integer.MAX_VALUE : (to - from) / width;
        this.value = new byte[leaf.type() == PhysicalType.FIXED_LEN_BYTE_ARRAY ? width : Math.max(width, 0)];
    }

    @Override
    long readBits() {
        gather();
        long bits = value[value.length - 1];
        for (int i = value.length - 2; i >= 0; i--) {
            bits = bits << 8 | value[i] & 0xff;
        }
        return bits;
    }

    @Override
    void readBytes(ByteSlice target) {
        gather();
        target.set(value, 0, value.length);
    }

    private void gather() {
        if (next >= count) {
            throw corrupt("byte streams of " + count + " values, fewer than their page");
        }
        for (int i = 0, at = from + next; i < value.length; i++, at += count) {
            value[i] = page[at];
        }
        next++;
    }
}
