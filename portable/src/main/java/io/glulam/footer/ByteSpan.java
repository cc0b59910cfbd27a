package io.glulam.footer;

/**
 * A part of the footer's bytes.
 *
 * @param from first byte
 * @param to one past the last byte
 */
public record ByteSpan(int from, int to) {
    /** Bytes in the span. */
    public int length() {
        return to - from;
    }
}
