package io.glulam.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.format.Encoding;
import io.glulam.format.PageType;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import io.glulam.testkit.generate.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.IndexPageHeader;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Page headers against the specification's own reader and writer. */
class PageHeaderTest {
    static LongStream seeds() {
        return Seeds.stream(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void headersOfTheOracleAreReadFieldByField(long seed) throws IOException {
        org.apache.parquet.format.PageHeader expected = random(seed);
        assertSame(read(bytes(expected)), expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onlyTheHeaderOfThePagesOwnTypeIsRead(long seed) throws IOException {
        Random random = new Random(Seeds.derive(seed, "headers of other types"));
        org.apache.parquet.format.PageHeader expected = random(seed);
        byte[] alone = bytes(expected);
        switch (expected.getType()) {
            case DATA_PAGE ->
                expected.setData_page_header_v2(version2(random).getData_page_header_v2())
                        .setDictionary_page_header(dictionary(random).getDictionary_page_header());
            case DATA_PAGE_V2 ->
                expected.setData_page_header(version1(random).getData_page_header())
                        .setDictionary_page_header(dictionary(random).getDictionary_page_header());
            default ->
                expected.setData_page_header(version1(random).getData_page_header())
                        .setData_page_header_v2(version2(random).getData_page_header_v2());
        }
        PageHeader found = read(bytes(expected));
        assertSame(found, expected);
        assertThat(found).usingRecursiveComparison().isEqualTo(read(alone));
    }

    /** Found by fuzzing: rows and nulls of the first of two headers were taken for the second's. */
    @Test
    void theHeaderOfAnotherTypeLeavesNothingBehindWhereItStandsFirst() {
        byte[] version1AfterVersion2 = HexFormat.of()
                .parseHex("1500" + "1514" + "1514" // DATA_PAGE, 10 bytes, 10 bytes
                        + "5c" + "1506" + "1502" + "1504" + "1500" + "1502" + "1502" + "12"
                        + "00" // data_page_header_v2
                        + "0c0a" + "1506" + "1500" + "1506" + "1506" + "00" // data_page_header
                        + "00");
        assertThat(read(version1AfterVersion2)).isEqualTo(PageHeader.dataPage(10, 10, 3, Encoding.PLAIN.value()));
    }

    /** DuckDB reads such a page as not compressed, as its first header says, parquet-java as compressed. */
    @Test
    void twoHeadersOfThePagesTypeAreRefused() {
        byte[] twice = HexFormat.of()
                .parseHex("1506" + "1514" + "1514" // DATA_PAGE_V2, 10 bytes, 10 bytes
                        + "5c" + "1506" + "1502" + "1504" + "1500" + "1502" + "1502" + "12" + "00"
                        + "0c10" + "1506" + "1502" + "1504" + "1500" + "1502" + "1502" + "00"
                        + "00");
        assertThatThrownBy(() -> read(twice)).isInstanceOf(CorruptFile.class).hasMessageContaining("occurs twice");
    }

    /** Thrift's readers pass over fields of other types: a CRC of 64 bits, and a byte for whether the page is compressed. */
    @Test
    void fieldsOfOtherTypesAreAbsent() {
        byte[] otherTypes = HexFormat.of()
                .parseHex("1506" + "1514" + "1514" + "1602" // DATA_PAGE_V2, 10 bytes, 10 bytes, CRC 1
                        + "4c" + "1506" + "1502" + "1504" + "1500" + "1502" + "1502" + "1302" // is_compressed 2
                        + "00" + "00");
        assertThat(read(otherTypes))
                .isEqualTo(PageHeader.dataPageV2(
                        new PageBody(new byte[10], 10, 1, 1),
                        10,
                        new PageCounts(3, 2, 1),
                        Encoding.PLAIN.value(),
                        true));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theOracleReadsWhatIsWritten(long seed) throws IOException {
        org.apache.parquet.format.PageHeader expected = random(seed);
        ThriftWriter out = new ThriftWriter(16);
        PageHeader header = read(bytes(expected));
        if (header.type() == PageType.INDEX_PAGE) {
            return;
        }
        header.write(out);
        org.apache.parquet.format.PageHeader found = Util.readPageHeader(new ByteArrayInputStream(out.toByteArray()));
        assertSame(header, found);
        assertThat(read(out.toByteArray())).usingRecursiveComparison().isEqualTo(header);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void headersCutOffAnywhereAreRefused(long seed) throws IOException {
        byte[] bytes = bytes(random(seed));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(CorruptFile.class);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void headersWithFlippedBitsAreReadOrRefused(long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = bytes(random(seed));
        for (int i = 0; i < 50; i++) {
            byte[] flipped = bytes.clone();
            flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                PageHeader header = read(flipped);
                assertThat(header.compressedSize()).isNotNegative();
                assertThat(header.uncompressedSize()).isNotNegative();
                assertThat(header.valueCount()).isNotNegative();
            } catch (CorruptFile refused) {
                assertThat(refused.problem()).isNotEmpty();
            }
        }
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                contradiction("a negative size", h -> h.setCompressed_page_size(-1)),
                contradiction("a negative uncompressed size", h -> h.setUncompressed_page_size(Integer.MIN_VALUE)),
                contradiction(
                        "a negative count", h -> h.getData_page_header_v2().setNum_values(-1)),
                contradiction(
                        "levels longer than the page",
                        h -> h.getData_page_header_v2().setDefinition_levels_byte_length(51)),
                contradiction(
                        "levels whose sum is no int",
                        h -> h.getData_page_header_v2()
                                .setDefinition_levels_byte_length(Integer.MAX_VALUE)
                                .setRepetition_levels_byte_length(Integer.MAX_VALUE)),
                contradiction(
                        "levels of negative length",
                        h -> h.getData_page_header_v2().setRepetition_levels_byte_length(-1)),
                contradiction("no header of its type", h -> h.unsetData_page_header_v2()),
                contradiction("the header of another type", h -> {
                    h.unsetData_page_header_v2();
                    h.setDictionary_page_header(new DictionaryPageHeader(1, org.apache.parquet.format.Encoding.PLAIN));
                }));
    }

    private static Arguments contradiction(String what, Consumer<org.apache.parquet.format.PageHeader> change) {
        return Arguments.of(what, change);
    }

    /** Levels tell both; Arrow C++ has left num_nulls uninitialized. */
    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 101, Integer.MAX_VALUE})
    void nullsAndRowsThatCannotBeAreUnknown(int count) throws IOException {
        org.apache.parquet.format.PageHeader header =
                new org.apache.parquet.format.PageHeader(org.apache.parquet.format.PageType.DATA_PAGE_V2, 60, 50);
        header.setData_page_header_v2(
                new DataPageHeaderV2(100, count, count, org.apache.parquet.format.Encoding.PLAIN, 10, 10));
        assertThat(read(bytes(header)).nullCount()).isEqualTo(-1);
        assertThat(read(bytes(header)).rowCount()).isEqualTo(-1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void contradictionsAreRefused(String what, Consumer<org.apache.parquet.format.PageHeader> change)
            throws IOException {
        org.apache.parquet.format.PageHeader header =
                new org.apache.parquet.format.PageHeader(org.apache.parquet.format.PageType.DATA_PAGE_V2, 60, 50);
        header.setData_page_header_v2(
                new DataPageHeaderV2(100, 10, 100, org.apache.parquet.format.Encoding.PLAIN, 10, 10));
        assertThat(read(bytes(header)).valueCount()).isEqualTo(100);

        change.accept(header);
        byte[] bytes = bytes(header);
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(CorruptFile.class);
    }

    @Test
    void aNegativeNumberOfNullsIsNotKnown() throws IOException {
        org.apache.parquet.format.PageHeader header = version2(new Random(1));
        header.getData_page_header_v2().setNum_nulls(-1);
        assertThat(read(bytes(header)).nullCount()).isEqualTo(-1);
        header.getData_page_header_v2().setNum_nulls(Integer.MIN_VALUE);
        assertThat(read(bytes(header)).nullCount()).isEqualTo(-1);
    }

    @Test
    void levelsOfVersion2AreRle() throws IOException {
        PageHeader header = read(bytes(version2(new Random(1))));
        assertThat(header.levels().definitionEncoding()).isEqualTo(Encoding.RLE.value());
        assertThat(header.levels().repetitionEncoding()).isEqualTo(Encoding.RLE.value());
    }

    private static org.apache.parquet.format.PageHeader random(long seed) {
        Random random = new Random(Seeds.derive(seed, "header"));
        org.apache.parquet.format.PageHeader header = switch (random.nextInt(4)) {
            case 0 -> version1(random);
            case 1 -> version2(random);
            case 2 -> dictionary(random);
            default -> index(random);
        };
        if (random.nextBoolean()) {
            header.setCrc(random.nextInt());
        }
        return header;
    }

    private static org.apache.parquet.format.PageHeader page(
            org.apache.parquet.format.PageType type, Random random, int least) {
        return new org.apache.parquet.format.PageHeader(type, least + size(random), least + size(random));
    }

    private static int size(Random random) {
        return random.nextInt() >>> (2 + random.nextInt(30));
    }

    private static org.apache.parquet.format.PageHeader version1(Random random) {
        DataPageHeader data = new DataPageHeader(
                size(random),
                encoding(random),
                org.apache.parquet.format.Encoding.RLE,
                org.apache.parquet.format.Encoding.BIT_PACKED);
        if (random.nextBoolean()) {
            data.setStatistics(statistics(random));
        }
        return page(org.apache.parquet.format.PageType.DATA_PAGE, random, 0).setData_page_header(data);
    }

    private static org.apache.parquet.format.PageHeader version2(Random random) {
        int values = size(random);
        int levels = random.nextInt(1_000);
        DataPageHeaderV2 data = new DataPageHeaderV2(
                values,
                values == 0 ? 0 : random.nextInt(values),
                values == 0 ? 0 : random.nextInt(values),
                encoding(random),
                levels,
                levels);
        if (random.nextBoolean()) {
            data.setIs_compressed(random.nextBoolean());
        }
        if (random.nextBoolean()) {
            data.setStatistics(statistics(random));
        }
        return page(org.apache.parquet.format.PageType.DATA_PAGE_V2, random, 2 * levels)
                .setData_page_header_v2(data);
    }

    private static org.apache.parquet.format.PageHeader dictionary(Random random) {
        DictionaryPageHeader data = new DictionaryPageHeader(size(random), encoding(random));
        if (random.nextBoolean()) {
            data.setIs_sorted(random.nextBoolean());
        }
        return page(org.apache.parquet.format.PageType.DICTIONARY_PAGE, random, 0)
                .setDictionary_page_header(data);
    }

    private static org.apache.parquet.format.PageHeader index(Random random) {
        return page(org.apache.parquet.format.PageType.INDEX_PAGE, random, 0)
                .setIndex_page_header(new IndexPageHeader());
    }

    private static org.apache.parquet.format.Encoding encoding(Random random) {
        org.apache.parquet.format.Encoding[] all = org.apache.parquet.format.Encoding.values();
        return all[random.nextInt(all.length)];
    }

    private static Statistics statistics(Random random) {
        Statistics statistics = new Statistics();
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            statistics.setMin(bytes).setMax(bytes);
        }
        if (random.nextBoolean()) {
            statistics.setMin_value(bytes).setMax_value(bytes);
        }
        if (random.nextBoolean()) {
            statistics.setNull_count(random.nextInt(1_000));
        }
        return statistics;
    }

    private static byte[] bytes(org.apache.parquet.format.PageHeader header) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writePageHeader(header, out);
        return out.toByteArray();
    }

    private static PageHeader read(byte[] bytes) {
        return PageHeader.read(new ThriftReader(bytes, 0, bytes.length, 0));
    }

    private static void assertSame(PageHeader found, org.apache.parquet.format.PageHeader expected) {
        assertThat(found.type()).isEqualTo(expected.getType().getValue());
        assertThat(found.uncompressedSize()).isEqualTo(expected.getUncompressed_page_size());
        assertThat(found.compressedSize()).isEqualTo(expected.getCompressed_page_size());
        assertThat(found.crc()).isEqualTo(expected.isSetCrc() ? expected.getCrc() : null);
        if (found.type() == PageType.DATA_PAGE) {
            DataPageHeader data = expected.getData_page_header();
            assertThat(found.valueCount()).isEqualTo(data.getNum_values());
            assertThat(found.encoding()).isEqualTo(data.getEncoding().getValue());
            assertThat(found.levels().definitionEncoding())
                    .isEqualTo(data.getDefinition_level_encoding().getValue());
            assertThat(found.levels().repetitionEncoding())
                    .isEqualTo(data.getRepetition_level_encoding().getValue());
            assertStatistics(found, data.getStatistics());
        } else if (found.type() == PageType.DATA_PAGE_V2) {
            DataPageHeaderV2 data = expected.getData_page_header_v2();
            assertThat(found.valueCount()).isEqualTo(data.getNum_values());
            assertThat(found.nullCount()).isEqualTo(data.getNum_nulls());
            assertThat(found.rowCount()).isEqualTo(data.getNum_rows());
            assertThat(found.encoding()).isEqualTo(data.getEncoding().getValue());
            assertThat(found.levels().definitionBytes()).isEqualTo(data.getDefinition_levels_byte_length());
            assertThat(found.levels().repetitionBytes()).isEqualTo(data.getRepetition_levels_byte_length());
            assertThat(found.compressed()).isEqualTo(!data.isSetIs_compressed() || data.isIs_compressed());
            assertStatistics(found, data.getStatistics());
        } else if (found.type() == PageType.DICTIONARY_PAGE) {
            DictionaryPageHeader data = expected.getDictionary_page_header();
            assertThat(found.valueCount()).isEqualTo(data.getNum_values());
            assertThat(found.encoding()).isEqualTo(data.getEncoding().getValue());
        }
    }

    private static void assertStatistics(PageHeader found, Statistics expected) {
        if (expected == null) {
            assertThat(found.statistics()).isNull();
            return;
        }
        assertThat(found.statistics()).isNotNull();
        assertThat(found.statistics().minValue()).isEqualTo(expected.getMin_value());
        assertThat(found.statistics().maxValue()).isEqualTo(expected.getMax_value());
        assertThat(found.statistics().nullCount())
                .isEqualTo(expected.isSetNull_count() ? expected.getNull_count() : -1);
    }
}
