package io.glulam.decode;

import java.util.Arrays;

/** A value's bytes within an array that belongs to someone else; valid until the next value is read. Not thread-safe. */
public final class ByteSlice {
    private byte[] array = {};
    private int from;
    private int length;

    void set(byte[] newArray, int newFrom, int newLength) {
        array = newArray;
        from = newFrom;
        length = newLength;
    }

    public byte[] array() {
        return array;
    }

    /** Index in {@link #array} of the first byte. */
    public int from() {
        return from;
    }

    /** Number of bytes. */
    public int length() {
        return length;
    }

    public byte[] toByteArray() {
        return Arrays.copyOfRange(array, from, from + length);
    }
}
