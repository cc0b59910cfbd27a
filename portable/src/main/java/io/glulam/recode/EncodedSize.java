package io.glulam.recode;

/**
 * The size of pages, page headers and levels included.
 *
 * @param uncompressed bytes before compression
 * @param compressed bytes as stored
 */
public record EncodedSize(long uncompressed, long compressed) {
    /** Of no pages. */
    public static final EncodedSize NONE = new EncodedSize(0, 0);

    /** Of these pages and others. */
    public EncodedSize plus(EncodedSize other) {
        return new EncodedSize(uncompressed + other.uncompressed, compressed + other.compressed);
    }
}
