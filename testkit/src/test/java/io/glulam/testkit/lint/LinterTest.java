package io.glulam.testkit.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One column of the texts "b00" to "b99", in pages of ten, with every kind of claim; then one claim made false. */
class LinterTest {
    private static final byte[] A = {'a'};
    private static final byte[] C = {'c'};

    @TempDir
    private Path folder;

    private static FileScript file(Consumer<ChunkScript> change) {
        FileScript file = new FileScript(
                new SchemaScript().text("text", FieldRepetitionType.REQUIRED).build(), 1);
        byte[][] texts = IntStream.range(0, 100)
                .mapToObj("b%02d"::formatted)
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        ChunkScript chunk =
                new ChunkScript(file.leaves().get(0), new Triplets(new int[100], new int[100], Values.of(texts)));
        chunk.evenPages(10)
                .eachPage(PageScript::withStatistics)
                .stats(ChunkScript.Stats.EXACT_BOUNDS)
                .withEncodingStats()
                .withSizeStatistics()
                .withColumnIndex()
                .withOffsetIndex()
                .bloomFilter(512);
        change.accept(chunk);
        return file.rowGroup(new RowGroupScript(100, List.of(chunk))
                        .tamper(group -> group.setSorting_columns(List.of(new SortingColumn(0, false, false)))))
                .withOrdinals();
    }

    private List<Finding> lint(FileScript file) throws Exception {
        return Linter.check(Files.write(folder.resolve("file.parquet"), file.bytes()));
    }

    @Test
    void findsNothingInATrueFile() throws Exception {
        assertThat(lint(file(chunk -> {}))).isEmpty();
    }

    static Stream<Arguments> falseClaims() {
        return Stream.of(
                statistics("null_count", statistics -> statistics.setNull_count(1)),
                statistics("max", statistics -> statistics.setMax_value(A)),
                statistics("min", statistics -> statistics.setMin_value(C)),
                statistics("max_value 0x63 is called exact", statistics -> statistics.setMax_value(C)),
                statistics("min_value 0x61 is called exact", statistics -> statistics.setMin_value(A)),
                statistics("distinct_count", statistics -> statistics.setDistinct_count(99)),
                data("num_values", data -> data.setNum_values(99)),
                data("encodings", data -> data.setEncodings(List.of(Encoding.RLE_DICTIONARY))),
                data(
                        "encoding_stats",
                        data -> data.setEncoding_stats(
                                List.of(new PageEncodingStats(PageType.DATA_PAGE, Encoding.PLAIN, 9)))),
                data("path_in_schema", data -> data.setPath_in_schema(List.of("other"))),
                data("total_compressed_size", data -> data.setTotal_compressed_size(5)),
                data(
                        "unencoded_byte_array_data_bytes",
                        data -> data.getSize_statistics().setUnencoded_byte_array_data_bytes(299)),
                data(
                        "definition_level_histogram",
                        data -> data.getSize_statistics().setDefinition_level_histogram(List.of(7L))),
                data("bloom_filter_length", data -> data.setBloom_filter_length(7)),
                chunk("overlaps", entry -> entry.setOffset_index_length(entry.getOffset_index_length() + 1)),
                chunk("overlaps", entry -> entry.setColumn_index_length(entry.getColumn_index_length() + 1)),
                script(
                        "null_pages",
                        script -> script.tamperColumnIndex(
                                index -> Collections.replaceAll(index.getNull_pages(), false, true))),
                script(
                        "null_counts",
                        script -> script.tamperColumnIndex(
                                index -> Collections.replaceAll(index.getNull_counts(), 0L, 3L))),
                script(
                        "column index, page 4 min",
                        script -> script.tamperColumnIndex(
                                index -> index.getMin_values().set(4, ByteBuffer.wrap(C)))),
                script(
                        "column index, page 9 max",
                        script -> script.tamperColumnIndex(
                                index -> index.getMax_values().set(9, ByteBuffer.wrap(A)))),
                script(
                        "is not DESCENDING",
                        script -> script.tamperColumnIndex(index -> index.setBoundary_order(BoundaryOrder.DESCENDING))),
                script(
                        "column index of 9 pages",
                        script -> script.tamperColumnIndex(
                                index -> index.getNull_pages().remove(0))),
                script(
                        "first_row_index",
                        script -> script.tamperOffsetIndex(
                                index -> index.getPage_locations().get(3).setFirst_row_index(29))),
                script(
                        "compressed_page_size",
                        script -> script.tamperOffsetIndex(
                                index -> index.getPage_locations().get(3).setCompressed_page_size(5))),
                script(
                        "page 3: offset",
                        script -> script.tamperOffsetIndex(
                                index -> index.getPage_locations().get(3).setOffset(4))),
                script(
                        "offset index of 9 pages",
                        script -> script.tamperOffsetIndex(
                                index -> index.getPage_locations().remove(0))),
                script(
                        "offset index unencoded",
                        script -> script.tamperOffsetIndex(
                                index -> Collections.replaceAll(index.getUnencoded_byte_array_data_bytes(), 30L, 31L))),
                script(
                        "page at 4 max",
                        script -> script.pages().get(0).tamperHeader(header -> {
                            DataPageHeader page = header.getData_page_header();
                            page.getStatistics().setMax_value(A);
                        })));
    }

    private static Arguments script(String message, Consumer<ChunkScript> change) {
        return arguments(message, change);
    }

    private static Arguments chunk(String message, Consumer<ColumnChunk> change) {
        return script(message, script -> script.tamper(change));
    }

    private static Arguments data(String message, Consumer<ColumnMetaData> change) {
        return chunk(message, entry -> change.accept(entry.getMeta_data()));
    }

    private static Arguments statistics(String message, Consumer<Statistics> change) {
        return data(message, data -> change.accept(data.getStatistics()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("falseClaims")
    void findsTheFalseClaim(String message, Consumer<ChunkScript> change) throws Exception {
        assertThat(lint(file(change))).anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains(message);
        });
    }

    @Test
    void findsRowsOutOfTheOrderClaimed() throws Exception {
        assertThat(lint(tamperGroup(group -> group.getSorting_columns().get(0).setDescending(true))))
                .anySatisfy(finding -> assertThat(finding.message()).contains("sorting_columns"));
    }

    @Test
    void findsWrongCountsOfTheRowGroup() throws Exception {
        assertThat(lint(tamperGroup(group -> group.setNum_rows(101)))).hasSizeGreaterThan(1);
        assertThat(lint(tamperGroup(group -> group.setOrdinal((short) 4)))).hasSize(1);
        assertThat(lint(tamperGroup(group -> group.setTotal_compressed_size(4))))
                .hasSize(1);
    }

    @Test
    void findsValuesThatTheBloomFilterLacks() throws Exception {
        FileScript file = file(chunk -> {});
        FileScript emptied = file.tamperFile(bytes -> {
            // The filter is the first thing behind the pages: clear its last block.
            int at = IntStream.range(0, bytes.length - 512)
                    .filter(i -> bytes[i] == 0x15 && bytes[i + 1] == (byte) 0x80 && bytes[i + 2] == 0x08)
                    .findFirst()
                    .orElseThrow();
            Arrays.fill(bytes, at + 400, at + 500, (byte) 0);
            return bytes;
        });
        assertThat(lint(emptied))
                .anySatisfy(finding -> assertThat(finding.message()).contains("Bloom filter lacks"));
    }

    private static FileScript tamperGroup(Consumer<RowGroup> change) {
        return file(chunk -> {})
                .tamper(meta -> change.accept(meta.getRow_groups().get(0)));
    }
}
