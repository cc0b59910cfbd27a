package io.glulam.page;

import io.glulam.format.CompressionCodec;

/**
 * How the pages that we write for a column look: as the file's own.
 *
 * @param codec of the chunk
 * @param version of data pages, 1 or 2
 * @param checksums whether headers hold a CRC-32
 * @param alwaysCompressed whether the file's readers, going by its writer, ignore version 2's {@code is_compressed}
 * @param singleIndexRun whether they take indices of 8, 16 or 32 bits for one bit-packed run
 */
public record PageForm(
        CompressionCodec codec, int version, boolean checksums, boolean alwaysCompressed, boolean singleIndexRun) {}
