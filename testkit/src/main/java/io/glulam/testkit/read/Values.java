package io.glulam.testkit.read;

import java.util.Arrays;

/**
 * Non-null values as raw bytes: for each its PLAIN encoding without the length prefix; a boolean is one byte, 0 or 1.
 * Value {@code i} is {@code bytes[offsets[i], offsets[i + 1])}.
 */
public final class Values {
    private static final Values EMPTY = new Values(new int[1], new byte[0], 0);
    private final int[] offsets;
    private final byte[] bytes;
    private final int count;

    Values(int[] offsets, byte[] bytes, int count) {
        this.offsets = offsets;
        this.bytes = bytes;
        this.count = count;
    }

    public static Values empty() {
        return EMPTY;
    }

    public static Values of(byte[]... values) {
        Builder builder = new Builder(values.length);
        for (byte[] value : values) {
            builder.add(value, 0, value.length);
        }
        return builder.build();
    }

    public int count() {
        return count;
    }

    public int length(int index) {
        return offsets[index + 1] - offsets[index];
    }

    public byte[] get(int index) {
        return Arrays.copyOfRange(bytes, offsets[index], offsets[index + 1]);
    }

    /** The total length of all values in bytes. */
    public long totalLength() {
        return offsets[count];
    }

    public boolean equal(int index, Values other, int otherIndex) {
        return Arrays.equals(
                bytes,
                offsets[index],
                offsets[index + 1],
                other.bytes,
                other.offsets[otherIndex],
                other.offsets[otherIndex + 1]);
    }

    /** Whether both hold the same values in the same order. */
    public boolean sameAs(Values other) {
        return count == other.count
                && Arrays.equals(offsets, 0, count + 1, other.offsets, 0, count + 1)
                && Arrays.equals(bytes, 0, offsets[count], other.bytes, 0, offsets[count]);
    }

    /** Collects values one after the other. */
    public static final class Builder {
        private int[] offsets;
        private byte[] bytes = new byte[64];
        private int count;

        public Builder(int expected) {
            offsets = new int[expected + 1];
        }

        public Builder add(byte[] source, int from, int to) {
            int end = Math.addExact(offsets[count], to - from);
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(end, 2L * bytes.length)));
            }
            System.arraycopy(source, from, bytes, offsets[count], to - from);
            if (count + 2 > offsets.length) {
                offsets = Arrays.copyOf(offsets, 2 * offsets.length + 2);
            }
            offsets[++count] = end;
            return this;
        }

        public Builder add(Values other, int index) {
            return add(other.bytes, other.offsets[index], other.offsets[index + 1]);
        }

        /** Adds the lowest {@code width} bytes of a number, little-endian. */
        public Builder addNumber(long value, int width) {
            byte[] number = new byte[width];
            for (int i = 0; i < width; i++) {
                number[i] = (byte) (value >>> (8 * i));
            }
            return add(number, 0, width);
        }

        public Builder addAll(Values other) {
            for (int i = 0; i < other.count; i++) {
                add(other, i);
            }
            return this;
        }

        public int count() {
            return count;
        }

        public Values build() {
            return new Values(offsets, bytes, count);
        }
    }
}
