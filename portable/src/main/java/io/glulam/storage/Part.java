package io.glulam.storage;

/**
 * A part of a new object.
 *
 * @param start where it begins in the object
 * @param length its bytes
 * @param copied whether the store copies it, all of it from one segment; otherwise it is uploaded
 */
public record Part(long start, long length, boolean copied) {
    /** Returns the position after its last byte. */
    public long end() {
        return start + length;
    }
}
