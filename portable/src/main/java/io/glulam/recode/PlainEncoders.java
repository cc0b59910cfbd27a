package io.glulam.recode;

import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.page.ByteArrayBuilder;

/** Encoding PLAIN. */
final class PlainEncoders {
    private PlainEncoders() {}

    static ValuesEncoder of(Leaf leaf) {
        return switch (leaf.type()) {
            case BOOLEAN -> PlainEncoders::booleans;
            case INT32, FLOAT -> PlainEncoders::ints;
            case INT64, DOUBLE -> PlainEncoders::longs;
            case BYTE_ARRAY, INT96, FIXED_LEN_BYTE_ARRAY -> (page, out) -> out.append(page.heap(), 0, page.heapSize());
        };
    }

    private static void booleans(PageBuffer page, ByteArrayBuilder out) {
        long[] values = page.numbers();
        int count = page.values();
        int length = count + 7 >>> 3;
        byte[] target = out.reserve(length);
        int at = out.size();
        for (int i = 0; i < count; i += 8) {
            int packed = 0;
            for (int k = Math.min(8, count - i) - 1; k >= 0; k--) {
                packed = packed << 1 | (int) values[i + k];
            }
            target[at++] = (byte) packed;
        }
        out.advance(length);
    }

    private static void ints(PageBuffer page, ByteArrayBuilder out) {
        long[] values = page.numbers();
        int count = page.values();
        byte[] target = out.reserve(count * Integer.BYTES);
        int at = out.size();
        for (int i = 0; i < count; i++, at += Integer.BYTES) {
            LittleEndian.setInt(target, at, (int) values[i]);
        }
        out.advance(count * Integer.BYTES);
    }

    private static void longs(PageBuffer page, ByteArrayBuilder out) {
        long[] values = page.numbers();
        int count = page.values();
        byte[] target = out.reserve(count * Long.BYTES);
        int at = out.size();
        for (int i = 0; i < count; i++, at += Long.BYTES) {
            LittleEndian.setLong(target, at, values[i]);
        }
        out.advance(count * Long.BYTES);
    }
}
