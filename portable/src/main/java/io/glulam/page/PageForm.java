package io.glulam.page;

import io.glulam.format.CompressionCodec;
import io.glulam.page.codec.PageCodec;
import io.glulam.page.codec.PageCodecs;

/**
 * How the pages that we write for a column look: as the file's own, but for what the settings ask for.
 *
 * @param codec of the chunk
 * @param level of the codec; 0 for its default
 * @param version of data pages, 1 or 2
 * @param checksums whether headers hold a CRC-32
 * @param alwaysCompressed whether the file's readers, going by its writer, ignore version 2's {@code is_compressed}
 * @param singleIndexRun whether they take indices of 8, 16 or 32 bits for one bit-packed run
 */
public record PageForm(
        CompressionCodec codec,
        int level,
        int version,
        boolean checksums,
        boolean alwaysCompressed,
        boolean singleIndexRun) {
    /** This form in another codec, at its default level. */
    public PageForm withCodec(CompressionCodec other) {
        return new PageForm(other, 0, version, checksums, alwaysCompressed, singleIndexRun);
    }

    /** This form with data pages of another version. */
    public PageForm withVersion(int other) {
        return new PageForm(codec, level, other, checksums, alwaysCompressed, singleIndexRun);
    }

    /** This form, or where its codec can only be read, the form in one that can be written. */
    public PageForm writable() {
        return codec.isWritten() ? this : withCodec(CompressionCodec.SNAPPY);
    }

    /** A new codec that writes this form. */
    public PageCodec newCodec(PageCodecs codecs) {
        return codecs.of(codec, level);
    }
}
