package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.glulam.error.GlulamException;
import io.glulam.format.ThriftWriter;
import io.glulam.testkit.read.Corpus;
import io.glulam.testkit.read.MalformedFile;
import io.glulam.testkit.read.ParquetFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every index and bloom filter in the corpus, against the structures that the reference implementation generates. */
@Tag("corpus")
class PageIndexCorpusTest {
    private final List<String> differences = new ArrayList<>();
    private int columnIndexes;
    private int offsetIndexes;
    private int bloomFilters;
    private int rewritten;
    private Corpus corpus;

    @BeforeEach
    void findCorpus() {
        assumeTrue(Corpus.find().isPresent(), "no corpus here");
        corpus = Corpus.find().orElseThrow();
    }

    @Test
    void everyIndexAndBloomFilterIsReadAsTheReferenceReadsItAndWrittenAsItWas() throws IOException {
        for (Corpus.Entry entry : corpus.entries()) {
            try (ParquetFile file = ParquetFile.openIgnoringChecksums(entry.path());
                    FileChannel channel = FileChannel.open(entry.path())) {
                for (RowGroup group : file.metaData().getRow_groups()) {
                    for (ColumnChunk chunk : group.getColumns()) {
                        check(entry, channel, chunk);
                    }
                }
            } catch (MalformedFile notParquet) {
                // Nothing to compare where there is no footer.
            }
        }
        assertThat(differences).isEmpty();
        assertThat(columnIndexes).isGreaterThan(1_000);
        assertThat(offsetIndexes).isGreaterThan(1_000);
        assertThat(bloomFilters).isGreaterThan(50);
        assertThat(rewritten).as("byte for byte").isGreaterThan((columnIndexes + offsetIndexes) * 9 / 10);
    }

    private void check(Corpus.Entry entry, FileChannel channel, ColumnChunk chunk) throws IOException {
        if (chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data()) {
            return;
        }
        byte[] columns = read(channel, chunk.getColumn_index_offset(), chunk.getColumn_index_length());
        if (chunk.isSetColumn_index_offset() && columns.length > 0) {
            compareColumnIndex(entry, columns);
        }
        byte[] offsets = read(channel, chunk.getOffset_index_offset(), chunk.getOffset_index_length());
        if (chunk.isSetOffset_index_offset() && offsets.length > 0) {
            compareOffsetIndex(entry, offsets);
        }
        ColumnMetaData metaData = chunk.getMeta_data();
        if (metaData.isSetBloom_filter_offset() && metaData.getBloom_filter_offset() > 0) {
            compareBloomFilter(entry, channel, metaData.getBloom_filter_offset());
        }
    }

    private void compareColumnIndex(Corpus.Entry entry, byte[] bytes) {
        org.apache.parquet.format.ColumnIndex expected;
        byte[] canonical;
        try {
            expected = Util.readColumnIndex(new ByteArrayInputStream(bytes));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Util.writeColumnIndex(expected, out);
            canonical = out.toByteArray();
        } catch (IOException | RuntimeException theyCannot) {
            return;
        }
        columnIndexes++;
        ColumnIndex index;
        try {
            index = ColumnIndex.parse(bytes, 0, bytes.length, 0);
        } catch (GlulamException e) {
            note(entry, "column index: " + e.getMessage());
            return;
        }
        boolean same = Arrays.equals(index.nullPages(), booleans(expected.getNull_pages()))
                && same(index.minValues(), expected.getMin_values())
                && same(index.maxValues(), expected.getMax_values())
                && index.boundaryOrder()
                        .name()
                        .equals(expected.getBoundary_order().name())
                && Arrays.equals(index.nullCounts(), longs(expected.getNull_counts()))
                && Arrays.equals(index.repetitionLevels(), longs(expected.getRepetition_level_histograms()))
                && Arrays.equals(index.definitionLevels(), longs(expected.getDefinition_level_histograms()))
                && Arrays.equals(index.nanCounts(), longs(expected.getNan_counts()));
        if (!same) {
            note(entry, "column index differs");
        }
        compareWritten(entry, "column index", bytes, canonical, index::write);
    }

    private void compareOffsetIndex(Corpus.Entry entry, byte[] bytes) {
        org.apache.parquet.format.OffsetIndex expected;
        byte[] canonical;
        try {
            expected = Util.readOffsetIndex(new ByteArrayInputStream(bytes));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Util.writeOffsetIndex(expected, out);
            canonical = out.toByteArray();
        } catch (IOException | RuntimeException theyCannot) {
            return;
        }
        offsetIndexes++;
        OffsetIndex index;
        try {
            index = OffsetIndex.parse(bytes, 0, bytes.length, 0);
        } catch (GlulamException e) {
            note(entry, "offset index: " + e.getMessage());
            return;
        }
        var locations = expected.getPage_locations();
        boolean same = index.pageCount() == locations.size()
                && Arrays.equals(index.unencodedByteArrayBytes(), longs(expected.getUnencoded_byte_array_data_bytes()));
        for (int page = 0; same && page < locations.size(); page++) {
            same = index.offsets()[page] == locations.get(page).getOffset()
                    && index.compressedSizes()[page] == locations.get(page).getCompressed_page_size()
                    && index.firstRows()[page] == locations.get(page).getFirst_row_index();
        }
        if (!same) {
            note(entry, "offset index differs");
        }
        compareWritten(entry, "offset index", bytes, canonical, index::write);
        byte[] there = OffsetIndex.relocate(bytes, 0, 1L << 40);
        byte[] back = OffsetIndex.relocate(there, 0, -(1L << 40));
        if (!Arrays.equals(back, canonical)) {
            note(entry, "offset index does not come back");
        }
    }

    /** Writers that encode otherwise (fields in another order, say) are compared with the reference's writing. */
    private void compareWritten(
            Corpus.Entry entry, String what, byte[] original, byte[] canonical, Consumer<ThriftWriter> content) {
        ThriftWriter writer = new ThriftWriter(original.length);
        content.accept(writer);
        byte[] written = writer.toByteArray();
        if (Arrays.equals(written, original)) {
            rewritten++;
        } else if (!Arrays.equals(written, canonical)) {
            note(entry, what + " is written differently");
        }
    }

    private void compareBloomFilter(Corpus.Entry entry, FileChannel channel, long offset) throws IOException {
        byte[] start = read(channel, offset, BloomFilterHeader.MAX_LENGTH);
        org.apache.parquet.format.BloomFilterHeader expected;
        try {
            expected = Util.readBloomFilterHeader(new ByteArrayInputStream(start));
        } catch (IOException | RuntimeException theyCannot) {
            return;
        }
        bloomFilters++;
        try {
            BloomFilterHeader header = BloomFilterHeader.parse(start, 0, start.length, offset);
            byte[] bytes = read(channel, offset, header.totalLength());
            BloomFilter filter = BloomFilter.parse(bytes, 0, bytes.length, offset);
            if (filter.bitsetLength() != expected.getNumBytes() || !Arrays.equals(filter.toByteArray(), bytes)) {
                note(entry, "bloom filter differs");
            }
        } catch (GlulamException e) {
            note(entry, "bloom filter: " + e.getMessage());
        }
    }

    private void note(Corpus.Entry entry, String difference) {
        if (entry.expectedValid()) {
            differences.add(entry + ": " + difference);
        }
    }

    /** What is there of a range; empty if it is not a range of the file. */
    private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
        if (offset < 0 || length <= 0 || offset >= channel.size()) {
            return new byte[0];
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(length, channel.size() - offset));
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
            continue;
        }
        return buffer.array();
    }

    private static boolean same(byte[][] ours, List<ByteBuffer> theirs) {
        boolean same = ours.length == theirs.size();
        for (int i = 0; same && i < ours.length; i++) {
            same = ByteBuffer.wrap(ours[i]).equals(theirs.get(i));
        }
        return same;
    }

    private static boolean[] booleans(List<Boolean> values) {
        boolean[] result = new boolean[values.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = values.get(i);
        }
        return result;
    }

    private static long[] longs(List<Long> values) {
        return values == null
                ? new long[0]
                : values.stream().mapToLong(Long::longValue).toArray();
    }
}
