package io.glulam.recode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.decode.ListPageStream;
import io.glulam.decode.TripletCollector;
import io.glulam.error.CorruptFile;
import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.format.Statistics;
import io.glulam.page.PageHeader;
import io.glulam.page.PageStream;
import io.glulam.testkit.read.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Bounds and dictionaries of recoded columns, on pages made by hand. */
@Tag("once")
class ColumnRecoderTest {
    @Test
    void keepsNaNPayloadsAndSignsOfZeroThroughADictionary() {
        long[] bits = {
            0x7ff8_0000_0000_0000L,
            0x7ff8_0000_0000_0001L,
            0xfff8_0000_0000_0000L,
            0x7ff0_0000_0000_0001L,
            0,
            Long.MIN_VALUE,
            Double.doubleToRawLongBits(1.5)
        };
        Leaf leaf = required(PhysicalType.DOUBLE, SortOrder.DOUBLE);
        ByteBuffer plain = ByteBuffer.allocate(8 * 700).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 700; i++) {
            plain.putLong(bits[i % bits.length]);
        }
        MemorySink sink = new MemorySink();
        RecodedChunk chunk = recode(leaf, withDictionary(), sink, plainPage(plain.array(), 700));
        assertThat(sink.pages).allMatch(page -> page.encoding() == Encoding.RLE_DICTIONARY);
        Values read = TripletCollector.read(leaf, sink.stream(), null).values();
        assertThat(read.sameAs(valuesOf(plain.array(), 8))).isTrue();
        assertThat(chunk.statistics().nanCount()).isEqualTo(-1);
    }

    @Test
    void zeroOfEitherSignIsABoundOfBoth() {
        Leaf leaf = required(PhysicalType.DOUBLE, SortOrder.DOUBLE);
        byte[] zeros = concat(longBytes(Long.MIN_VALUE), longBytes(0), longBytes(Long.MIN_VALUE));
        Statistics statistics = recode(leaf, withDictionary(), new MemorySink(), plainPage(zeros, 3))
                .statistics();
        assertThat(statistics.minValue()).isEqualTo(longBytes(Long.MIN_VALUE));
        assertThat(statistics.maxValue()).isEqualTo(longBytes(0));
    }

    @Test
    void valuesWithNaNHaveNoBoundsUnderAnOrderThatNaNHasNoPlaceIn() {
        Leaf leaf = required(PhysicalType.DOUBLE, SortOrder.DOUBLE);
        byte[] one = longBytes(Double.doubleToRawLongBits(1));
        byte[] nan = longBytes(0x7ff8_0000_0000_0000L);
        Statistics mixed = recode(leaf, withDictionary(), new MemorySink(), plainPage(concat(one, nan, one), 3))
                .statistics();
        assertThat(mixed.minValue()).isNull();
        assertThat(mixed.maxValue()).isNull();
        assertThat(mixed.nullCount()).isZero();
    }

    @Test
    void underTheTotalOrderNaNIsABoundOnlyWhereThereIsNothingElse() {
        Leaf leaf = required(PhysicalType.DOUBLE, SortOrder.DOUBLE_TOTAL);
        byte[] quiet = longBytes(0x7ff8_0000_0000_0001L);
        byte[] negative = longBytes(0xfff8_0000_0000_0000L);
        byte[] one = longBytes(Double.doubleToRawLongBits(1));
        Statistics mixed = recode(leaf, withDictionary(), new MemorySink(), plainPage(concat(quiet, one, negative), 3))
                .statistics();
        assertThat(mixed.minValue()).isEqualTo(one);
        assertThat(mixed.maxValue()).isEqualTo(one);
        assertThat(mixed.nanCount()).isEqualTo(2);
        Statistics nans = recode(leaf, withDictionary(), new MemorySink(), plainPage(concat(quiet, negative), 2))
                .statistics();
        assertThat(nans.minValue()).isEqualTo(negative);
        assertThat(nans.maxValue()).isEqualTo(quiet);
    }

    @Test
    void aChunkThatBeginsWithPagesOfNullsKeepsItsDictionary() {
        Leaf leaf = new Leaf(0, List.of("text"), PhysicalType.BYTE_ARRAY, 0, 0, 1, SortOrder.BYTES_UNSIGNED);
        byte[] nulls = {3, 0, 0, 0, (byte) 0xd0, 0x0f, 0}; // a run of 1000 levels 0
        byte[] values = new byte[7 + 1000 * 12];
        System.arraycopy(nulls, 0, values, 0, 6);
        values[6] = 1;
        for (int i = 0; i < 1000; i++) {
            values[7 + i * 12] = 8;
        }
        RecodeSettings settings =
                new RecodeSettings(1, Encoding.DELTA_BYTE_ARRAY, Encoding.RLE_DICTIONARY, 1 << 20, 1 << 20, 100);
        MemorySink sink = new MemorySink();
        RecodedChunk chunk = recode(leaf, settings, sink, plainPage(nulls, 1000), plainPage(values, 1000));
        assertThat(sink.pages).hasSize(20).allMatch(page -> page.encoding() == Encoding.RLE_DICTIONARY);
        assertThat(chunk.statistics().nullCount()).isEqualTo(1000);
        assertThat(LibraryReader.read(leaf, sink).values().count()).isEqualTo(1000);

        MemorySink onlyNulls = new MemorySink();
        recode(leaf, settings, onlyNulls, plainPage(nulls, 1000));
        assertThat(onlyNulls.pages).hasSize(10).allMatch(page -> page.encoding() == Encoding.DELTA_BYTE_ARRAY);
        assertThat(onlyNulls.dictionary()).isNull();
        assertThat(LibraryReader.read(leaf, onlyNulls).count()).isEqualTo(1000);
    }

    @Test
    void anExpectedDictionaryIsKeptThoughTheFirstPageDoesNotPay() {
        Leaf leaf = required(PhysicalType.INT32, SortOrder.INT32_SIGNED);
        PageStream.Page[] pages = {numbers(0, 1000), numbers(0, 1000)};
        RecodeSettings undecided =
                new RecodeSettings(1, Encoding.PLAIN, Encoding.RLE_DICTIONARY, 4000, 1 << 20, 1000, -1);
        RecodeSettings expecting =
                new RecodeSettings(1, Encoding.PLAIN, Encoding.RLE_DICTIONARY, 4000, 1 << 20, 1000, 1000);
        MemorySink without = new MemorySink();
        recode(leaf, undecided, without, pages);
        assertThat(without.pages).hasSize(2).allMatch(page -> page.encoding() == Encoding.PLAIN);
        assertThat(without.dictionary()).isNull();
        MemorySink with = new MemorySink();
        recode(leaf, expecting, with, pages);
        assertThat(with.pages).hasSize(2).allMatch(page -> page.encoding() == Encoding.RLE_DICTIONARY);
    }

    @Test
    void aDictionaryThatIsFullEndsWithTheLastPageThatUsesIt() {
        Leaf leaf = required(PhysicalType.INT32, SortOrder.INT32_SIGNED);
        RecodeSettings settings = new RecodeSettings(
                2, Encoding.DELTA_BINARY_PACKED, Encoding.RLE_DICTIONARY, 4 * 1500, 1 << 20, 1000, 0);
        MemorySink sink = new MemorySink();
        recode(leaf, settings, sink, numbers(0, 1000), numbers(900, 1000), numbers(0, 1000));
        assertThat(sink.pages)
                .extracting(RecodedPage::encoding)
                .containsExactly(Encoding.RLE_DICTIONARY, Encoding.DELTA_BINARY_PACKED, Encoding.DELTA_BINARY_PACKED);
        PageStream.Page dictionary = sink.dictionary();
        assertThat(dictionary).isNotNull();
        assertThat(dictionary.header().valueCount()).isEqualTo(1000);
        assertThat(LibraryReader.read(leaf, sink).values().count()).isEqualTo(3000);
    }

    @Test
    void dictionariesOfTheSourceAreTranslatedEachByItself() {
        Leaf leaf = required(PhysicalType.INT32, SortOrder.INT32_SIGNED);
        PageStream.Page first = dictionary(new int[] {7, 8, 7});
        PageStream.Page second = dictionary(new int[] {9, 7});
        byte[] indices = {2, 3, 0b10_01_00}; // 0 1 2 0
        PageStream.Page page = page(Encoding.RLE_DICTIONARY, 3, indices);
        PageStream.Page other = page(Encoding.RLE_DICTIONARY, 2, new byte[] {1, 3, 0b10});
        MemorySink sink = new MemorySink();
        RecodeSettings settings =
                new RecodeSettings(2, Encoding.PLAIN, Encoding.RLE_DICTIONARY, 1 << 20, 1 << 20, 20_000, 3);
        ColumnRecoder recoder = new ColumnRecoder(leaf, settings, sink);
        recoder.add(new ListPageStream(List.of(first, page)), null, 3);
        recoder.add(new ListPageStream(List.of(second, other)), null, 2);
        recoder.finish();
        assertThat(sink.dictionary().header().valueCount()).isEqualTo(3);
        Values values = LibraryReader.read(leaf, sink).values();
        assertThat(IntStream.range(0, 5).map(i -> values.get(i)[0])).containsExactly(7, 8, 7, 9, 7);
    }

    private static PageStream.Page numbers(int from, int count) {
        ByteBuffer plain = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            plain.putInt(from + i);
        }
        return plainPage(plain.array(), count);
    }

    @Test
    void anotherNumberOfRowsThanTheRowGroupsIsCorrupt() {
        Leaf leaf = required(PhysicalType.DOUBLE, SortOrder.DOUBLE);
        PageStream pages = new ListPageStream(List.of(plainPage(new byte[16], 2)));
        ColumnRecoder recoder = new ColumnRecoder(leaf, withDictionary(), new MemorySink());
        assertThatThrownBy(() -> recoder.add(pages, null, 3))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("column x")
                .hasMessageContaining("2 rows");
    }

    private static RecodedChunk recode(Leaf leaf, RecodeSettings settings, PageSink sink, PageStream.Page... pages) {
        long rows = Arrays.stream(pages)
                .mapToLong(page -> page.header().valueCount())
                .sum();
        ColumnRecoder recoder = new ColumnRecoder(leaf, settings, sink);
        recoder.add(new ListPageStream(List.of(pages)), null, rows);
        return recoder.finish();
    }

    private static RecodeSettings withDictionary() {
        return new RecodeSettings(2, Encoding.PLAIN, Encoding.RLE_DICTIONARY, 1 << 20, 1 << 20, 20_000);
    }

    private static Leaf required(PhysicalType type, SortOrder order) {
        return new Leaf(0, List.of("x"), type, 0, 0, 0, order);
    }

    private static PageStream.Page dictionary(int... entries) {
        ByteBuffer plain = ByteBuffer.allocate(4 * entries.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(entries).forEach(plain::putInt);
        byte[] body = plain.array();
        PageHeader header = PageHeader.dictionaryPage(body.length, body.length, entries.length, Encoding.PLAIN.value());
        return new PageStream.Page(header, body, 0, body.length, 4);
    }

    private static PageStream.Page page(Encoding encoding, int count, byte[] body) {
        PageHeader header = PageHeader.dataPage(body.length, body.length, count, encoding.value());
        return new PageStream.Page(header, body, 0, body.length, 4);
    }

    private static PageStream.Page plainPage(byte[] body, int count) {
        PageHeader header = PageHeader.dataPage(body.length, body.length, count, Encoding.PLAIN.value());
        return new PageStream.Page(header, body, 0, body.length, 4);
    }

    private static Values valuesOf(byte[] plain, int width) {
        Values.Builder values = new Values.Builder(plain.length / width);
        for (int at = 0; at < plain.length; at += width) {
            values.add(plain, at, at + width);
        }
        return values.build();
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] concat(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }
}
