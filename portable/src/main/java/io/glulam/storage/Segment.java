package io.glulam.storage;

/**
 * A stretch of a new object, to be divided into parts.
 *
 * @param length its bytes
 * @param copied whether the store can copy it from an object of its own, where it is contiguous
 */
public record Segment(long length, boolean copied) {
    public Segment {
        if (length < 1) {
            throw new IllegalArgumentException("a segment of " + length + " bytes");
        }
    }
}
