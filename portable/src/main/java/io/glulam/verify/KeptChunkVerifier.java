package io.glulam.verify;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftWriter;
import io.glulam.source.SourceBytes;
import io.glulam.statistics.OffsetIndex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Holds a kept column chunk against its source: the footer entry field by field but for its place, the indexes, and
 * samples of the bytes, unless they are where reading them would be a request each.
 */
final class KeptChunkVerifier {
    private static final int SAMPLE = 64;

    private final SourceBytes written;
    private final SourceBytes source;
    private final Expectation here;

    KeptChunkVerifier(SourceBytes written, SourceBytes source, Expectation here) {
        this.written = written;
        this.source = source;
        this.here = here;
    }

    /** @param surplus bytes by which the original's size was too large */
    void verify(ColumnChunk chunk, ColumnChunk original, long surplus) {
        long shift = chunk.start() - original.start();
        here.require(chunk.compressedSize() == original.compressedSize() - surplus, "the size");
        checkEntry(chunk, original, shift);
        if (!written.reader().isRemote()) {
            checkSamples(chunk, original);
        }
        checkIndexes(chunk, original, shift);
    }

    private void checkSamples(ColumnChunk chunk, ColumnChunk original) {
        long size = chunk.compressedSize();
        for (long at : new long[] {0, size / 2, size - SAMPLE}) {
            long from = Math.max(0, at);
            checkSame(chunk.start() + from, original.start() + from, Math.min(SAMPLE, size - from), "the bytes");
        }
    }

    private void checkEntry(ColumnChunk chunk, ColumnChunk original, long shift) {
        here.require(chunk.uncompressedSize() == original.uncompressedSize(), "the uncompressed size");
        here.require(chunk.valueCount() == original.valueCount(), "the number of values");
        here.require(chunk.codec() == original.codec(), "the codec");
        here.require(
                chunk.dataPageOffset() == shifted(original.dataPageOffset(), shift)
                        && chunk.dictionaryPageOffset() == shifted(original.dictionaryPageOffset(), shift),
                "the pages' offsets");
        here.require(
                Arrays.equals(chunk.encodings(), original.encodings())
                        && chunk.encodingStats().equals(original.encodingStats()),
                "the encodings");
        here.require(Arrays.equals(bytes(chunk.statistics()), bytes(original.statistics())), "the statistics");
        here.require(
                Arrays.equals(chunk.keyValueMetadata(), original.keyValueMetadata()),
                "the column chunk's key-value metadata");
    }

    private static long shifted(long offset, long shift) {
        return offset == 0 ? 0 : offset + shift;
    }

    private static byte @Nullable [] bytes(@Nullable Statistics statistics) {
        if (statistics == null) {
            return null;
        }
        ThriftWriter out = new ThriftWriter(64);
        statistics.write(out);
        return out.toByteArray();
    }

    /** Checks that what could not be carried along is absent, and that the rest is the source's. */
    private void checkIndexes(ColumnChunk chunk, ColumnChunk original, long shift) {
        if (chunk.columnIndexOffset() > 0) {
            here.require(chunk.columnIndexLength() == original.columnIndexLength(), "the column index's length");
            checkSame(
                    chunk.columnIndexOffset(),
                    original.columnIndexOffset(),
                    chunk.columnIndexLength(),
                    "the column index");
        }
        if (chunk.bloomFilterOffset() > 0) {
            checkSame(
                    chunk.bloomFilterOffset(),
                    original.bloomFilterOffset(),
                    Math.min(SAMPLE, chunk.bloomFilterLength()),
                    "the bloom filter");
        }
        if (chunk.offsetIndexOffset() > 0) {
            OffsetIndex index = offsetIndex(written, chunk);
            OffsetIndex expected = offsetIndex(source, original).shift(shift);
            here.require(
                    Arrays.equals(index.offsets(), expected.offsets())
                            && Arrays.equals(index.compressedSizes(), expected.compressedSizes())
                            && Arrays.equals(index.firstRows(), expected.firstRows()),
                    "the offset index");
        }
    }

    private OffsetIndex offsetIndex(SourceBytes object, ColumnChunk chunk) {
        byte[] bytes = read(object, chunk.offsetIndexOffset(), chunk.offsetIndexLength());
        return OffsetIndex.parse(bytes, 0, bytes.length, chunk.offsetIndexOffset());
    }

    private void checkSame(long offset, long original, long length, String what) {
        here.require(
                length <= 0 || Arrays.equals(read(written, offset, (int) length), read(source, original, (int) length)),
                what);
    }

    private byte[] read(SourceBytes object, long offset, int length) {
        here.require(length >= 0 && offset >= 0 && offset <= object.size() - length, "the place of an index or filter");
        byte[] bytes = new byte[length];
        object.read(offset, bytes, 0, length);
        return bytes;
    }
}
