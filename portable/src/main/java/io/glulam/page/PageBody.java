package io.glulam.page;

import java.util.Arrays;

/**
 * A data page's body, not compressed: repetition levels, definition levels, values, as a page of its version has them.
 *
 * @param bytes may be longer than the body; belong to the one who made them
 * @param length bytes that count
 * @param repetitionBytes of the first part; version 1: with length prefix
 * @param definitionBytes of the second part; version 1: with length prefix
 */
@SuppressWarnings("ArrayRecordComponent")
public record PageBody(byte[] bytes, int length, int repetitionBytes, int definitionBytes) {
    /** Returns a body whose levels are as long, in other bytes. */
    public PageBody with(byte[] others, int otherLength) {
        return new PageBody(others, otherLength, repetitionBytes, definitionBytes);
    }

    /** Returns the same in bytes of its own. */
    public PageBody copy() {
        return with(Arrays.copyOf(bytes, length), length);
    }

    /** Returns the bytes of all levels, after which the values begin. */
    public int levelBytes() {
        return repetitionBytes + definitionBytes;
    }
}
