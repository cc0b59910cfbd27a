package io.glulam.testkit.bytes;

import java.io.ByteArrayOutputStream;

/** Growing bytes with the number formats that Parquet uses. */
final class ByteSink {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    int size() {
        return out.size();
    }

    ByteSink put(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    ByteSink putByte(int value) {
        out.write(value);
        return this;
    }

    ByteSink putLittleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
        return this;
    }

    ByteSink putBigEndian(int value) {
        return putLittleEndian(Integer.reverseBytes(value), 4);
    }

    ByteSink putVarint(long value) {
        while ((value & ~0x7fL) != 0) {
            out.write((int) (value & 0x7f | 0x80));
            value >>>= 7;
        }
        out.write((int) value);
        return this;
    }

    ByteSink putZigZag(long value) {
        return putVarint(value << 1 ^ value >> 63);
    }

    /** Numbers of {@code width} bits, least significant bit first, filled up with zero bits to a whole byte. */
    ByteSink putPacked(long[] numbers, int width) {
        byte[] packed = new byte[(int) (((long) numbers.length * width + 7) / 8)];
        long bit = 0;
        for (long number : numbers) {
            for (int b = 0; b < width; b++, bit++) {
                packed[(int) (bit >>> 3)] |= (byte) ((number >>> b & 1) << (bit & 7));
            }
        }
        return put(packed);
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
