package io.glulam.testkit.read;

import java.util.Arrays;

/** Reads forward through a byte array; running past the end is a {@link MalformedFile}. */
final class ByteCursor {
    private final byte[] data;
    private final int end;
    private int position;

    ByteCursor(byte[] data) {
        this(data, 0, data.length);
    }

    ByteCursor(byte[] data, int start, int end) {
        this.data = data;
        this.position = start;
        this.end = end;
    }

    int remaining() {
        return end - position;
    }

    int position() {
        return position;
    }

    byte[] array() {
        return data;
    }

    int nextByte() {
        require(1);
        return data[position++] & 0xff;
    }

    int nextInt() {
        return (int) nextLittleEndian(4);
    }

    /** An unsigned little-endian number of 0 to 8 bytes. */
    long nextLittleEndian(int bytes) {
        require(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (data[position++] & 0xffL) << (8 * i);
        }
        return value;
    }

    long nextVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = nextByte();
            value |= (long) (b & 0x7f) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw new MalformedFile("varint of more than ten bytes");
    }

    long nextZigZag() {
        long value = nextVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** A cursor over the next {@code length} bytes, which this one skips. */
    ByteCursor take(int length) {
        require(length);
        ByteCursor part = new ByteCursor(data, position, position + length);
        position += length;
        return part;
    }

    byte[] copyRest() {
        return Arrays.copyOfRange(data, position, end);
    }

    private void require(int bytes) {
        if (bytes < 0 || bytes > end - position) {
            throw new MalformedFile("needs " + bytes + " bytes at " + position + " of a block ending at " + end);
        }
    }
}
