package io.glulam.testkit.bytes;

import io.glulam.testkit.lint.ValueOrder;
import io.glulam.testkit.lint.XxHash64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.BloomFilterAlgorithm;
import org.apache.parquet.format.BloomFilterCompression;
import org.apache.parquet.format.BloomFilterHash;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.SplitBlockAlgorithm;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Uncompressed;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.XxHash;

/** Writes column indexes, offset indexes and Bloom filters of chunks, and notes in the footer where they are. */
final class IndexWriter {
    private static final int[] SALT = {
        0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31
    };

    private IndexWriter() {}

    /** A data page in the file; {@code size} is with its header. */
    record Located(long offset, int size, long firstRow, Slice slice) {}

    private interface Thrift {
        void write(OutputStream out) throws IOException;
    }

    static void columnIndex(ChunkWriter.Result chunk, ByteSink out) {
        // A column index is all or nothing: without bounds for every page with values there is none.
        boolean complete = chunk.dataPages().stream()
                .allMatch(
                        page -> page.slice().values.count() == 0 || page.slice().hasBounds());
        if (!chunk.script().columnIndex || !complete) {
            return;
        }
        int offset = out.size();
        out.put(chunk.script()
                .columnIndexBytes
                .apply(thrift(stream -> Util.writeColumnIndex(columnIndex(chunk), stream))));
        chunk.entry().setColumn_index_offset(offset).setColumn_index_length(out.size() - offset);
    }

    private static ColumnIndex columnIndex(ChunkWriter.Result chunk) {
        List<Boolean> nullPages = new ArrayList<>();
        List<ByteBuffer> min = new ArrayList<>();
        List<ByteBuffer> max = new ArrayList<>();
        List<Long> nulls = new ArrayList<>();
        for (Located page : chunk.dataPages()) {
            boolean hasBounds = page.slice().hasBounds();
            nullPages.add(!hasBounds);
            min.add(ByteBuffer.wrap(hasBounds ? page.slice().min() : new byte[0]));
            max.add(ByteBuffer.wrap(hasBounds ? page.slice().max() : new byte[0]));
            nulls.add((long) page.slice().nulls());
        }
        ColumnIndex index = new ColumnIndex(nullPages, min, max, boundaryOrder(chunk, nullPages, min, max));
        index.setNull_counts(nulls);
        if (chunk.script().sizeStatistics) {
            addHistograms(index, chunk);
        }
        chunk.script().columnIndexClaims.accept(index);
        return index;
    }

    private static void addHistograms(ColumnIndex index, ChunkWriter.Result chunk) {
        List<Long> repetition = new ArrayList<>();
        List<Long> definition = new ArrayList<>();
        for (Located page : chunk.dataPages()) {
            repetition.addAll(
                    Slice.histogram(page.slice().repetition, chunk.script().leaf.maxRepetitionLevel()));
            definition.addAll(
                    Slice.histogram(page.slice().definition, chunk.script().leaf.maxDefinitionLevel()));
        }
        index.setRepetition_level_histograms(repetition).setDefinition_level_histograms(definition);
    }

    private static BoundaryOrder boundaryOrder(
            ChunkWriter.Result chunk, List<Boolean> nullPages, List<ByteBuffer> min, List<ByteBuffer> max) {
        ValueOrder order = ValueOrder.of(chunk.script().leaf.element(), null);
        boolean ascending = true;
        boolean descending = true;
        int previous = -1;
        for (int i = 0; i < nullPages.size(); i++) {
            if (nullPages.get(i)) {
                continue;
            }
            if (previous >= 0) {
                int low = order.compare(min.get(previous).array(), min.get(i).array());
                int high = order.compare(max.get(previous).array(), max.get(i).array());
                ascending &= low <= 0 && high <= 0;
                descending &= low >= 0 && high >= 0;
            }
            previous = i;
        }
        return ascending ? BoundaryOrder.ASCENDING : descending ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
    }

    static void offsetIndex(ChunkWriter.Result chunk, ByteSink out) {
        if (!chunk.script().offsetIndex) {
            return;
        }
        List<PageLocation> locations = new ArrayList<>();
        chunk.dataPages().forEach(page -> locations.add(new PageLocation(page.offset(), page.size(), page.firstRow())));
        OffsetIndex index = new OffsetIndex(locations);
        if (chunk.script().sizeStatistics && chunk.script().leaf.element().getType() == Type.BYTE_ARRAY) {
            chunk.dataPages()
                    .forEach(page -> index.addToUnencoded_byte_array_data_bytes(
                            page.slice().values.totalLength()));
        }
        chunk.script().offsetIndexClaims.accept(index);
        int offset = out.size();
        out.put(chunk.script().offsetIndexBytes.apply(thrift(stream -> Util.writeOffsetIndex(index, stream))));
        chunk.entry().setOffset_index_offset(offset).setOffset_index_length(out.size() - offset);
    }

    static void bloomFilter(ChunkWriter.Result chunk, ByteSink out) {
        int bytes = chunk.script().bloomFilterBytes;
        if (bytes == 0 || chunk.script().leaf.element().getType() == Type.BOOLEAN) {
            return;
        }
        ByteBuffer bits = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < chunk.script().triplets.values().count(); i++) {
            insert(bits, XxHash64.hash(chunk.script().triplets.values().get(i)));
        }
        BloomFilterHeader header = new BloomFilterHeader(
                bytes,
                BloomFilterAlgorithm.BLOCK(new SplitBlockAlgorithm()),
                BloomFilterHash.XXHASH(new XxHash()),
                BloomFilterCompression.UNCOMPRESSED(new Uncompressed()));
        int offset = out.size();
        byte[] filter = new ByteSink()
                .put(thrift(stream -> Util.writeBloomFilterHeader(header, stream)))
                .put(bits.array())
                .bytes();
        out.put(chunk.script().bloomFilterContent.apply(filter));
        chunk.entry().getMeta_data().setBloom_filter_offset(offset);
        if (chunk.script().bloomFilterLength) {
            chunk.entry().getMeta_data().setBloom_filter_length(out.size() - offset);
        }
    }

    private static void insert(ByteBuffer bits, long hash) {
        int block = (int) ((hash >>> 32) * (bits.capacity() / 32) >>> 32);
        for (int i = 0; i < 8; i++) {
            int at = 32 * block + 4 * i;
            bits.putInt(at, bits.getInt(at) | 1 << ((int) hash * SALT[i] >>> 27));
        }
    }

    private static byte[] thrift(Thrift message) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
