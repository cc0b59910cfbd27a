package io.glulam.adapt;

import io.glulam.format.ColumnChunk;
import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.SizeStatistics;
import io.glulam.format.Statistics;
import io.glulam.format.ThriftWriter;
import io.glulam.page.EncodedPage;
import io.glulam.splice.ChunkBuilder;
import io.glulam.splice.StoredPage;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import io.glulam.statistics.PageSummary;
import org.jspecify.annotations.Nullable;

/** Writes the pages of a made chunk, then its page index; collects its footer entry. Not thread-safe. */
final class ChunkOutput {
    private final ChunkSink sink;
    private final ChunkBuilder builder;
    private final long start;

    ChunkOutput(Leaf target, CompressionCodec codec, ChunkSink sink) {
        this.sink = sink;
        this.builder = new ChunkBuilder(target, codec.ordinal());
        this.start = sink.position();
    }

    void dictionary(EncodedPage page) {
        builder.dictionary(page, sink.position());
        append(page);
    }

    /** @param rows that begin in the page; −1 if unknown */
    void dataPage(int version, EncodedPage page, int rows, PageSummary summary) {
        long position = sink.position();
        append(page);
        builder.dataPage(StoredPage.of(version, page, rows), summary, position);
    }

    /** Pages with levels in these encodings were moved as they are, as {@link ChunkBuilder#movedLevels} takes it. */
    void movedLevels(boolean rle, boolean bitPacked) {
        builder.movedLevels(rle, bitPacked);
    }

    private void append(EncodedPage page) {
        sink.append(page.bytes(), 0, page.length());
    }

    /** There will be no column index. */
    void dropColumnIndex() {
        builder.dropColumnIndex();
    }

    /** Writes the page index and returns the footer entry. */
    ColumnChunk finish(
            @Nullable Statistics statistics,
            @Nullable SizeStatistics sizes,
            byte @Nullable [] keyValues,
            long bloomFilterOffset,
            int bloomFilterLength) {
        ColumnChunk chunk = builder.chunk(start, statistics, sizes, keyValues);
        OffsetIndex offsets = builder.offsetIndex();
        ColumnIndex bounds = builder.columnIndex();
        long offsetsAt = offsets == null ? 0 : sink.position();
        int offsetsLength = offsets == null ? 0 : append(offsets::write);
        long boundsAt = bounds == null ? 0 : sink.position();
        int boundsLength = bounds == null ? 0 : append(bounds::write);
        return chunk.withTail(bloomFilterOffset, bloomFilterLength, offsetsAt, offsetsLength, boundsAt, boundsLength);
    }

    private int append(java.util.function.Consumer<ThriftWriter> struct) {
        ThriftWriter out = new ThriftWriter(256);
        struct.accept(out);
        sink.append(out.array(), 0, out.size());
        return out.size();
    }

    /** Whether pages of that encoding refer to a dictionary. */
    static boolean isIndexed(int encoding) {
        return Encoding.isDictionary(encoding);
    }
}
