package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.testkit.generate.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterAlgorithm;
import org.apache.parquet.format.BloomFilterCompression;
import org.apache.parquet.format.BloomFilterHash;
import org.apache.parquet.format.SplitBlockAlgorithm;
import org.apache.parquet.format.Uncompressed;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.XxHash;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;

class BloomFilterTest {
    private static final int LARGE = 1 << 20;

    @Test
    void holdsTheSameBitsAsParquetJavasFilter() throws IOException {
        for (int distinct : new int[] {1, 10, 300, 5_000}) {
            Random random = new Random(Seeds.derive(Seeds.base(), "bloom" + distinct));
            BloomFilter ours = BloomFilter.sizedFor(distinct, LARGE);
            BlockSplitBloomFilter theirs = new BlockSplitBloomFilter(ours.bitsetLength());
            for (int i = 0; i < distinct; i++) {
                String value = Long.toString(random.nextLong(), 36);
                ours.insert(XxHash64.hash(value.getBytes(StandardCharsets.UTF_8)));
                theirs.insertHash(theirs.hash(Binary.fromString(value)));
            }
            assertThat(ours.toByteArray()).isEqualTo(serialised(theirs));
        }
    }

    @Test
    void hashesFixedWidthValuesAsParquetJavaDoes() {
        BlockSplitBloomFilter theirs = new BlockSplitBloomFilter(32);
        assertThat(XxHash64.hash(OrderedColumn.littleEndian(7))).isEqualTo(theirs.hash(7));
        assertThat(XxHash64.hash(OrderedColumn.littleEndian(7L))).isEqualTo(theirs.hash(7L));
        assertThat(XxHash64.hash(OrderedColumn.littleEndian(Double.doubleToRawLongBits(0.5))))
                .isEqualTo(theirs.hash(0.5));
    }

    @Test
    void readsWhatParquetJavaWrites() throws IOException {
        BlockSplitBloomFilter theirs = new BlockSplitBloomFilter(1024);
        for (long value = 0; value < 100; value++) {
            theirs.insertHash(theirs.hash(value));
        }
        byte[] bytes = serialised(theirs);
        byte[] padded = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, padded, 10, bytes.length);
        BloomFilter read = BloomFilter.parse(padded, 10, padded.length, 0);
        assertThat(read.toByteArray()).isEqualTo(bytes);
        for (long value = 0; value < 10_000; value++) {
            assertThat(read.mightContain(XxHash64.hash(OrderedColumn.littleEndian(value))))
                    .isEqualTo(theirs.findHash(theirs.hash(value)));
        }
    }

    @Test
    void theHeaderTellsTheLengthThatTheFooterMayNotKnow() throws IOException {
        byte[] bytes = serialised(new BlockSplitBloomFilter(4096));
        BloomFilterHeader header = BloomFilterHeader.parse(bytes, 0, BloomFilterHeader.MAX_LENGTH, 0);
        assertThat(header.totalLength()).isEqualTo(bytes.length);
        assertThat(header.bitsetLength()).isEqualTo(4096);
        assertThat(header.isKnown()).isTrue();
    }

    @Test
    void isSizedForOnePerCentAndNeverAboveTheMaximum() {
        for (int distinct : new int[] {1, 100, 1_000, 50_000}) {
            BloomFilter filter = filterOf(0, distinct, BloomFilter.sizedFor(distinct, LARGE));
            assertThat(filter.falsePositiveRate()).as("%s values", distinct).isLessThan(0.015);
            assertThat(Integer.bitCount(filter.bitsetLength())).isOne();
        }
        assertThat(BloomFilter.sizedFor(Long.MAX_VALUE, 100_000).bitsetLength()).isEqualTo(65_536);
        assertThat(BloomFilter.sizedFor(0, 32).bitsetLength()).isEqualTo(32);
    }

    @Test
    void theStatedRateIsTheOneObserved() {
        BloomFilter filter = filterOf(0, 2_000, BloomFilter.sizedFor(700, LARGE));
        long hits = LongStream.range(1_000_000, 1_200_000)
                .filter(value -> filter.mightContain(hash(value)))
                .count();
        assertThat(filter.falsePositiveRate()).isGreaterThan(0.02).isCloseTo(hits / 200_000.0, within(0.01));
    }

    @Test
    void filtersOfOneLengthUnite() {
        BloomFilter one = filterOf(0, 500, BloomFilter.sizedFor(2_000, LARGE));
        BloomFilter two = filterOf(500, 1_500, BloomFilter.sizedFor(2_000, LARGE));
        byte[] before = one.toByteArray();
        BloomFilterMerger merger = new BloomFilterMerger();
        merger.add(one, true);
        merger.add(two, true);
        merger.add(null, false);
        BloomFilter whole = filterOf(0, 1_500, BloomFilter.sizedFor(2_000, LARGE));
        assertThat(merger.merged().filter().toByteArray()).isEqualTo(whole.toByteArray());
        assertThat(one.toByteArray()).as("the parts stay as they are").isEqualTo(before);
    }

    @Test
    void aUnionThatLetsTooMuchThroughIsRefused() {
        BloomFilterMerger merger = new BloomFilterMerger();
        for (int part = 0; part < 10; part++) {
            merger.add(filterOf(part * 100, part * 100 + 100, BloomFilter.sizedFor(100, LARGE)), true);
        }
        assertThat(merger.merged()).isEqualTo(new BloomFilterResult(null, BloomFilterReason.SATURATED));
    }

    @Test
    void filtersOfDifferentLengthsDoNotUnite() {
        BloomFilterMerger merger = new BloomFilterMerger();
        merger.add(BloomFilter.sizedFor(10, LARGE), true);
        merger.add(BloomFilter.sizedFor(10_000, LARGE), true);
        assertThat(merger.merged().reason()).isEqualTo(BloomFilterReason.LENGTHS_DIFFER);
    }

    @Test
    void aPartWithValuesButWithoutFilterLeavesNone() {
        BloomFilterMerger merger = new BloomFilterMerger();
        merger.add(null, true);
        merger.add(BloomFilter.sizedFor(10, LARGE), true);
        assertThat(merger.merged().reason()).isEqualTo(BloomFilterReason.PART_WITHOUT_FILTER);
    }

    @Test
    void aFilterThatCannotBeUnderstoodLeavesNone() {
        byte[] bytes = filterOf(0, 10, BloomFilter.sizedFor(10, LARGE)).toByteArray();
        assertThat(mergedSerialized(bytes).filter().toByteArray()).isEqualTo(bytes);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 32);
        assertThat(mergedSerialized(longer).reason()).isEqualTo(BloomFilterReason.UNREADABLE);
        assertThat(mergedSerialized(new byte[0]).reason()).isEqualTo(BloomFilterReason.UNREADABLE);
        byte[] unknown = Arrays.copyOf(header(32, 2), header(32, 2).length + 32);
        assertThat(mergedSerialized(unknown).reason()).isEqualTo(BloomFilterReason.UNREADABLE);
    }

    private static BloomFilterResult mergedSerialized(byte[] bytes) {
        BloomFilterMerger merger = new BloomFilterMerger();
        merger.addSerialized(bytes, 0);
        return merger.merged();
    }

    @Test
    void nothingUnitesToNothing() {
        BloomFilterMerger merger = new BloomFilterMerger();
        merger.add(null, false);
        assertThat(merger.merged().reason()).isEqualTo(BloomFilterReason.NO_VALUES);
    }

    @Test
    void isRebuiltFromDictionaryEntries() {
        List<byte[]> entries =
                LongStream.range(0, 1_000).mapToObj(OrderedColumn::littleEndian).toList();
        BloomFilter rebuilt = BloomFilterMerger.rebuild(entries, 1_000, LARGE).filter();
        assertThat(rebuilt.toByteArray())
                .isEqualTo(
                        filterOf(0, 1_000, BloomFilter.sizedFor(1_000, LARGE)).toByteArray());
        assertThat(BloomFilterMerger.rebuild(entries, 1_000, 64).reason()).isEqualTo(BloomFilterReason.SATURATED);
        assertThat(BloomFilterMerger.rebuild(List.of(), 0, 64).reason()).isEqualTo(BloomFilterReason.NO_VALUES);
    }

    @Test
    void impossibleLengthsAreCorrupt() {
        for (int length : new int[] {-1, 0, 31, 33, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30}) {
            byte[] bytes = header(length, 1);
            assertThatThrownBy(() -> BloomFilter.parse(bytes, 0, bytes.length, 0))
                    .as("%s", length)
                    .isInstanceOf(CorruptFile.class);
        }
    }

    @Test
    void aBitsetThatIsNotThereIsCorrupt() {
        byte[] bytes = Arrays.copyOf(header(64, 1), 60);
        assertThatThrownBy(() -> BloomFilter.parse(bytes, 0, bytes.length, 0)).isInstanceOf(CorruptFile.class);
    }

    @Test
    void anotherAlgorithmIsUnsupported() {
        byte[] bytes = Arrays.copyOf(header(32, 2), 100);
        assertThat(BloomFilterHeader.parse(bytes, 0, bytes.length, 0).isKnown()).isFalse();
        assertThatThrownBy(() -> BloomFilter.parse(bytes, 0, bytes.length, 0)).isInstanceOf(Unsupported.class);
    }

    /** Readers by Thrift find no hash in the first, no algorithm in the second, and differ about the third. */
    @Test
    void aHeaderThatReadersDoNotUnderstandOrNotAlikeIsNotKnown() {
        assertThat(isKnown(
                        field(2, 1, ThriftReader.STRUCT),
                        field(2, 1, ThriftReader.STRUCT),
                        field(4, 1, ThriftReader.STRUCT)))
                .isFalse();
        assertThat(isKnown(
                        field(2, 1, ThriftReader.TRUE),
                        field(3, 1, ThriftReader.STRUCT),
                        field(4, 1, ThriftReader.STRUCT)))
                .isFalse();
        assertThat(isKnown(
                        field(2, 2, ThriftReader.STRUCT),
                        field(2, 1, ThriftReader.STRUCT),
                        field(3, 1, ThriftReader.STRUCT),
                        field(4, 1, ThriftReader.STRUCT)))
                .isFalse();
        assertThat(isKnown(
                        field(4, 1, ThriftReader.STRUCT),
                        field(3, 1, ThriftReader.STRUCT),
                        field(2, 1, ThriftReader.STRUCT)))
                .isTrue();
    }

    @SafeVarargs
    private static boolean isKnown(Consumer<ThriftWriter>... fields) {
        ThriftWriter writer = new ThriftWriter(64);
        int outer = writer.enterStruct();
        writer.i32Field(1, 32);
        for (Consumer<ThriftWriter> field : fields) {
            field.accept(writer);
        }
        writer.leaveStruct(outer);
        byte[] bytes = writer.toByteArray();
        return BloomFilterHeader.parse(bytes, 0, bytes.length, 0).isKnown();
    }

    private static Consumer<ThriftWriter> field(int id, int member, int type) {
        return writer -> {
            writer.field(id, ThriftReader.STRUCT);
            int union = writer.enterStruct();
            writer.field(member, type);
            if (type == ThriftReader.STRUCT) {
                writer.leaveStruct(writer.enterStruct());
            }
            writer.leaveStruct(union);
        };
    }

    @Test
    void whateverIsBrokenIsCorruptOrUnsupportedAndNothingElse() throws IOException {
        Random random = new Random(Seeds.base());
        byte[] bytes = serialised(new BlockSplitBloomFilter(64));
        for (int i = 0; i < 10_000; i++) {
            byte[] broken = PageIndexTest.broken(bytes, random);
            try {
                BloomFilter.parse(broken, 0, broken.length, 0);
            } catch (CorruptFile | Unsupported expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        }
    }

    private static BloomFilter filterOf(long from, long to, BloomFilter filter) {
        LongStream.range(from, to).forEach(value -> filter.insert(hash(value)));
        return filter;
    }

    private static long hash(long value) {
        return XxHash64.hash(OrderedColumn.littleEndian(value));
    }

    private static byte[] header(int length, int algorithm) {
        ThriftWriter writer = new ThriftWriter(64);
        int outer = writer.enterStruct();
        writer.i32Field(1, length);
        for (int field = 2; field <= 4; field++) {
            writer.field(field, ThriftReader.STRUCT);
            int union = writer.enterStruct();
            writer.field(field == 2 ? algorithm : 1, ThriftReader.STRUCT);
            writer.leaveStruct(writer.enterStruct());
            writer.leaveStruct(union);
        }
        writer.leaveStruct(outer);
        return writer.toByteArray();
    }

    private static byte[] serialised(BlockSplitBloomFilter filter) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeBloomFilterHeader(
                new org.apache.parquet.format.BloomFilterHeader(
                        filter.getBitsetSize(),
                        BloomFilterAlgorithm.BLOCK(new SplitBlockAlgorithm()),
                        BloomFilterHash.XXHASH(new XxHash()),
                        BloomFilterCompression.UNCOMPRESSED(new Uncompressed())),
                out);
        filter.writeTo(out);
        return out.toByteArray();
    }

    @Test
    void aFoldedFilterIsThatOfItsLength() {
        for (int distinct : new int[] {1, 40, 3_000}) {
            BloomFilter whole = filterOf(0, distinct, BloomFilter.sizedFor(200_000, LARGE));
            BloomFilter folded = whole.folded(0.01);

            assertThat(folded.bitsetLength()).isLessThan(whole.bitsetLength());
            assertThat(folded.falsePositiveRate()).isLessThanOrEqualTo(0.01);
            BloomFilter same = BloomFilter.sizedFor(Long.MAX_VALUE, folded.bitsetLength());
            filterOf(0, distinct, same);
            assertThat(folded.toByteArray()).isEqualTo(same.toByteArray());
        }
    }
}
