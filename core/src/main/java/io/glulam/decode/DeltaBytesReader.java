package io.glulam.decode;

import java.util.Arrays;

/** Encoding DELTA_BYTE_ARRAY: each value is a prefix of the one before, and a suffix. */
final class DeltaBytesReader extends ValueReader {
    private final DeltaReader prefixes;
    private final DeltaLengthReader suffixes;
    private final ByteSlice suffix = new ByteSlice();
    private byte[] value = {};
    private int length;

    DeltaBytesReader(byte[] page, int from, int to) {
        this.prefixes = new DeltaReader(page, from, to, true);
        this.suffixes = new DeltaLengthReader(page, DeltaReader.endOf(page, from, to), to);
    }

    /** Starts from the last value of another page, as parquet-mr before 1.8 wrote (PARQUET-246). */
    void continueFrom(DeltaBytesReader previous) {
        value = previous.value;
        length = previous.length;
    }

    @Override
    void readBytes(ByteSlice target) {
        int prefix = (int) prefixes.readBits();
        suffixes.readBytes(suffix);
        if (prefix < 0 || prefix > length) {
            throw corrupt("a prefix of " + Integer.toUnsignedString(prefix) + " bytes of a value of " + length);
        }
        int needed = Math.addExact(prefix, suffix.length());
        if (needed > value.length) {
            value = Arrays.copyOf(value, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, value.length * 2L)));
        }
        System.arraycopy(suffix.array(), suffix.from(), value, prefix, suffix.length());
        length = needed;
        target.set(value, 0, length);
    }
}
