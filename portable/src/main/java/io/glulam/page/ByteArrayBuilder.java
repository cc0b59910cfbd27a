package io.glulam.page;

import io.glulam.format.LittleEndian;
import java.util.Arrays;

/** A growing byte array, reused from page to page. Not thread-safe. */
public final class ByteArrayBuilder {

    private byte[] bytes;
    private int size;

    public ByteArrayBuilder(int expectedSize) {
        bytes = new byte[Math.max(16, expectedSize)];
    }

    public int size() {
        return size;
    }

    /** The array that holds the bytes, {@link #size()} of them valid; replaced when it grows. */
    public byte[] array() {
        return bytes;
    }

    /** Forgets what was written; keeps the array. */
    public void clear() {
        size = 0;
    }

    /** Forgets all but the first {@code length} bytes. */
    public void truncate(int length) {
        size = length;
    }

    /** Makes room for {@code count} more bytes, so that the array can be written directly. */
    public byte[] reserve(int count) {
        if (bytes.length - size < count) {
            int needed = Math.addExact(size, count);
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, bytes.length * 2L)));
        }
        return bytes;
    }

    /** Counts {@code count} bytes that were written directly after {@link #size()}. */
    public void advance(int count) {
        size += count;
    }

    public void append(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    public void append(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    /** Appends four bytes, least significant first. */
    public void appendInt(int value) {
        reserve(4);
        LittleEndian.setInt(bytes, size, value);
        size += 4;
    }

    /** Overwrites four bytes at {@code index}, least significant first. */
    public void setInt(int index, int value) {
        LittleEndian.setInt(bytes, index, value);
    }

    /** Appends an unsigned LEB128 number. */
    public void appendVarint(int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            append(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        append(rest);
    }
}
