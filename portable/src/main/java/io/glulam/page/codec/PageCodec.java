package io.glulam.page.codec;

import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;

/**
 * One compression codec, for whole page bodies (specification, "Compression"). Holds working memory that is reused from
 * page to page, so it is not thread-safe: one instance per worker. The same input gives the same output. Closing
 * releases native memory; closing twice does nothing.
 */
public interface PageCodec extends AutoCloseable {
    /**
     * Unpacks a page body into exactly {@code targetLength} bytes. Bytes of {@code target} outside that range are never
     * touched; those inside are undefined after a failure. A body of no bytes unpacks to no bytes.
     *
     * @param length compressed bytes, what the page header claims and the caller has read
     * @param targetLength uncompressed bytes, what the page header claims
     * @throws CorruptFile if the body is not a compressed form of {@code targetLength} bytes; its place is unknown
     * @throws Unsupported if the codec's native library is missing on this platform
     * @throws IndexOutOfBoundsException if a range is not inside its array
     */
    void decompress(byte[] source, int from, int length, byte[] target, int targetFrom, int targetLength);

    /** Bytes more than were asked for that {@link #decompressStart} may unpack at most. */
    int START_SLACK = 128 << 10;

    /**
     * Unpacks the beginning of a page body, of which only the beginning may be at hand. Bytes of {@code target} are
     * undefined from the returned number on.
     *
     * @param length bytes at hand
     * @param wanted bytes that are asked for; the target has room for {@link #START_SLACK} more
     * @return bytes unpacked; fewer than {@code wanted} if those at hand do not suffice, or if this codec, or this body,
     *     can be unpacked by {@link #decompress} only
     * @throws CorruptFile if the bytes at hand are not the beginning of a compressed form; its place is unknown
     * @throws Unsupported if the codec's native library is missing on this platform
     * @throws IndexOutOfBoundsException if a range is not inside its array
     */
    int decompressStart(byte[] source, int from, int length, byte[] target, int targetFrom, int wanted);

    /** Bytes that {@link #compress} may need in its target for {@code length} bytes of source. */
    int maxCompressedLength(int length);

    /**
     * Packs {@code length} bytes and gives the number of bytes written.
     *
     * @throws Unsupported if {@link io.glulam.format.CompressionCodec#isWritten} is false, or the codec's native library is missing
     * @throws IndexOutOfBoundsException if a range is not inside its array, or fewer than {@link #maxCompressedLength}
     *     bytes follow {@code targetFrom}
     */
    int compress(byte[] source, int from, int length, byte[] target, int targetFrom);

    @Override
    void close();
}
