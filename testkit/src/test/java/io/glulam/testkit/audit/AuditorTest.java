package io.glulam.testkit.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.glulam.testkit.bytes.ChunkScript;
import io.glulam.testkit.bytes.FileScript;
import io.glulam.testkit.bytes.PageScript;
import io.glulam.testkit.bytes.RowGroupScript;
import io.glulam.testkit.bytes.SchemaScript;
import io.glulam.testkit.lint.Finding;
import io.glulam.testkit.lint.Severity;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.Triplets;
import io.glulam.testkit.read.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.apache.parquet.format.BoundingBox;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.GeospatialStatistics;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A source of two row groups of the texts "b00" to "b49" and "b50" to "b99". An output with both merged and one with the
 * second kept, each true in all it says; then with one rule broken at a time.
 */
@Tag("once")
class AuditorTest {
    private static final int ROWS = 100;
    private static final byte[] A = {'a'};
    private static final byte[] C = {'c'};
    private static final List<Origin> MERGED = List.of(Origin.merged(0, 1));
    private static final List<Origin> KEPT = List.of(Origin.merged(0), Origin.kept(1));

    @TempDir
    private Path folder;

    private static FileScript file(int rowsOfAGroup, Consumer<ChunkScript> change) {
        FileScript file = new FileScript(
                        new SchemaScript()
                                .text("text", FieldRepetitionType.OPTIONAL)
                                .build(),
                        1)
                .withOrdinals();
        for (int from = 0; from < ROWS; from += rowsOfAGroup) {
            ChunkScript chunk = chunk(file, from, rowsOfAGroup);
            if (from > 0 || rowsOfAGroup == ROWS) {
                change.accept(chunk);
            }
            file.rowGroup(new RowGroupScript(rowsOfAGroup, List.of(chunk)).tamper(group -> {
                group.setSorting_columns(List.of(new SortingColumn(0, false, false)));
                group.setFile_offset(start(group));
            }));
        }
        return file;
    }

    private static long start(RowGroup group) {
        return Chunks.start(group.getColumns().get(0).getMeta_data());
    }

    private static ChunkScript chunk(FileScript file, int from, int rows) {
        byte[][] texts = IntStream.range(from, from + rows)
                .mapToObj("b%02d"::formatted)
                .map(text -> text.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
        int[] defined = IntStream.generate(() -> 1).limit(rows).toArray();
        return new ChunkScript(file.leaves().get(0), new Triplets(new int[rows], defined, Values.of(texts)))
                .evenPages(10)
                .eachPage(page -> page.version(2).withStatistics())
                .stats(ChunkScript.Stats.EXACT_BOUNDS)
                .withEncodingStats()
                .withSizeStatistics()
                .withColumnIndex()
                .withOffsetIndex()
                .bloomFilter(512);
    }

    private List<Finding> audit(FileScript source, FileScript output, List<Origin> origins) throws IOException {
        return Auditor.audit(write("source", source), write("output", output), origins);
    }

    private Path write(String name, FileScript file) throws IOException {
        return Files.write(folder.resolve(name + ".parquet"), file.bytes());
    }

    @Test
    void findsNothingInATrueOutput() throws IOException {
        FileScript source = file(50, chunk -> {});
        assertThat(audit(source, file(ROWS, chunk -> {}), MERGED)).isEmpty();
        assertThat(audit(source, file(50, chunk -> {}), KEPT)).isEmpty();
    }

    static Stream<Arguments> brokenRulesOfMergedRowGroups() {
        return Stream.of(
                        chunks(),
                        Stream.of(
                                pages(
                                        "num_nulls",
                                        page -> page.tamperHeader(header ->
                                                header.getData_page_header_v2().setNum_nulls(3))),
                                pages(
                                        "num_rows",
                                        page -> page.tamperHeader(header ->
                                                header.getData_page_header_v2().setNum_rows(3))),
                                pages(
                                        "page at",
                                        page -> page.tamperHeader(header -> header.getData_page_header_v2()
                                                .getStatistics()
                                                .setMin_value(C))),
                                broken("an index page", chunk -> chunk.pages().add(1, PageScript.index())),
                                broken(
                                        "2 dictionary pages",
                                        chunk -> chunk.dictionaryCopies(2)
                                                .eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY))),
                                broken(
                                        "the dictionary is called sorted",
                                        chunk -> chunk.dictionarySorted()
                                                .eachPage(page -> page.encoding(Encoding.RLE_DICTIONARY))),
                                broken(
                                        "a dictionary that no page uses",
                                        chunk -> chunk.dictionary(
                                                chunk.triplets().values())),
                                broken(
                                        "dictionary indices after other pages",
                                        chunk -> chunk.pages().get(3).encoding(Encoding.RLE_DICTIONARY)),
                                broken("belong to nothing", chunk -> chunk.gapBefore(3))),
                        statistics(),
                        indexes())
                .flatMap(rules -> rules);
    }

    private static Stream<Arguments> chunks() {
        return Stream.of(
                data("num_values", data -> data.setNum_values(ROWS - 1)),
                data("path_in_schema", data -> data.setPath_in_schema(List.of("other"))),
                data(
                        "encodings",
                        data -> data.setEncodings(List.of(Encoding.RLE, Encoding.PLAIN, Encoding.BIT_PACKED))),
                data("encodings", data -> data.setEncodings(List.of(Encoding.RLE))),
                data("encodings", data -> data.setEncodings(List.of(Encoding.PLAIN))),
                data(
                        "encoding_stats",
                        data -> data.setEncoding_stats(
                                List.of(new PageEncodingStats(PageType.DATA_PAGE_V2, Encoding.PLAIN, 9)))),
                data("encoding_stats", ColumnMetaData::unsetEncoding_stats),
                data("total_compressed_size", data -> data.setTotal_compressed_size(7)),
                data("total_uncompressed_size", data -> data.setTotal_uncompressed_size(7)),
                data("dictionary_page_offset", data -> data.setDictionary_page_offset(0)),
                data("index_page_offset", data -> data.setIndex_page_offset(4)),
                data("key_value_metadata", data -> data.addToKey_value_metadata(new KeyValue("key"))),
                data(
                        "geospatial_statistics",
                        data -> data.setGeospatial_statistics(
                                new GeospatialStatistics().setBbox(new BoundingBox(0, 1, 0, 1)))),
                data("bloom_filter_length", data -> data.setBloom_filter_length(7)),
                data(
                        "unencoded_byte_array_data_bytes",
                        data -> data.getSize_statistics().setUnencoded_byte_array_data_bytes(299)),
                data(
                        "repetition_level_histogram",
                        data -> data.getSize_statistics().setRepetition_level_histogram(List.of(99L))),
                data(
                        "definition_level_histogram",
                        data -> data.getSize_statistics().setDefinition_level_histogram(List.of(7L, 93L))),
                broken("file_offset", chunk -> chunk.tamper(entry -> entry.setFile_offset(4))));
    }

    private static Stream<Arguments> statistics() {
        return Stream.of(
                statistics("null_count", statistics -> statistics.setNull_count(1)),
                statistics("nan_count", statistics -> statistics.setNan_count(0)),
                statistics("distinct_count", statistics -> statistics.setDistinct_count(99)),
                statistics("is above the value", statistics -> statistics.setMin_value(C)),
                statistics("is below the value", statistics -> statistics.setMax_value(A)),
                statistics("min_value 0x61 is called exact", statistics -> statistics.setMin_value(A)),
                statistics("max_value 0x63 is called exact", statistics -> statistics.setMax_value(C)),
                statistics("one bound of two", Statistics::unsetMin_value),
                statistics("exactness without bounds", statistics -> {
                    statistics.unsetMin_value();
                    statistics.unsetMax_value();
                }),
                statistics(
                        "order that is not signed",
                        statistics -> statistics.setMin(A).setMax(C)));
    }

    private static Stream<Arguments> indexes() {
        return Stream.of(
                columnIndex("null_pages", index -> Collections.replaceAll(index.getNull_pages(), false, true)),
                columnIndex("null_counts", index -> Collections.replaceAll(index.getNull_counts(), 0L, 3L)),
                columnIndex("page 4 min", index -> index.getMin_values().set(4, ByteBuffer.wrap(C))),
                columnIndex("page 9 max", index -> index.getMax_values().set(9, ByteBuffer.wrap(A))),
                columnIndex("boundary_order", index -> index.setBoundary_order(BoundaryOrder.UNORDERED)),
                columnIndex("boundary_order", index -> index.setBoundary_order(BoundaryOrder.DESCENDING)),
                columnIndex(
                        "definition_level_histograms",
                        index -> index.getDefinition_level_histograms().set(0, 9L)),
                columnIndex(
                        "repetition_level_histograms",
                        index -> index.getRepetition_level_histograms().set(0, 9L)),
                columnIndex("nan_counts", index -> index.setNan_counts(Collections.nCopies(10, 1L))),
                offsetIndex("offset index", index -> index.getPage_locations().remove(9)),
                offsetIndex("offset index", index -> location(index).setFirst_row_index(1)),
                offsetIndex("offset index", index -> location(index).setOffset(5)),
                offsetIndex("offset index", index -> location(index).setCompressed_page_size(5)),
                offsetIndex(
                        "unencoded_byte_array_data_bytes",
                        index -> index.getUnencoded_byte_array_data_bytes().set(0, 1L)),
                broken(
                        "without an offset index",
                        chunk -> chunk.tamper(entry -> {
                            entry.unsetOffset_index_offset();
                            entry.unsetOffset_index_length();
                        })),
                broken(
                        "overlaps",
                        chunk -> chunk.tamper(
                                entry -> entry.setColumn_index_length(entry.getColumn_index_length() + 1))));
    }

    private static PageLocation location(OffsetIndex index) {
        return index.getPage_locations().get(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRulesOfMergedRowGroups")
    void findsABrokenRuleOfMergedRowGroups(String finding, Consumer<ChunkScript> chunk, Consumer<FileScript> file)
            throws IOException {
        FileScript output = file(ROWS, chunk);
        file.accept(output);

        assertThat(audit(file(50, unchanged -> {}), output, MERGED))
                .filteredOn(found -> found.severity() == Severity.ERROR)
                .extracting(Finding::message)
                .anyMatch(message -> message.contains(finding));
    }

    static Stream<Arguments> brokenRulesOfFiles() {
        return Stream.of(
                footer("num_rows", meta -> meta.setNum_rows(7)),
                footer("created_by", meta -> meta.setCreated_by("someone")),
                footer("version", meta -> meta.setVersion(7)),
                footer("key-value", meta -> meta.addToKey_value_metadata(new KeyValue("key"))),
                footer("column orders", FileMetaData::unsetColumn_orders),
                footer("schema", meta -> meta.getSchema().get(1).setField_id(7)),
                footer("footer_signing_key", meta -> meta.setFooter_signing_key_metadata(A)),
                group("ordinal", group -> group.setOrdinal((short) 7)),
                group("ordinal", RowGroup::unsetOrdinal),
                group("total_byte_size", group -> group.setTotal_byte_size(7)),
                group("total_compressed_size", group -> group.setTotal_compressed_size(7)),
                group("total_compressed_size is absent", RowGroup::unsetTotal_compressed_size),
                group("file_offset", group -> group.setFile_offset(7)),
                group(
                        "sorting_columns",
                        group -> group.setSorting_columns(List.of(new SortingColumn(0, true, false)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRulesOfFiles")
    void findsABrokenRuleOfTheFooter(String finding, Consumer<FileMetaData> change) throws IOException {
        FileScript output = file(ROWS, chunk -> {});
        byte[] changed;
        try (ParquetFile open = ParquetFile.open(write("true", output))) {
            FileMetaData meta = new FileMetaData(open.metaData());
            change.accept(meta);
            changed = serialized(meta);
        }
        assertThat(audit(file(50, chunk -> {}), output.tamperFooter(bytes -> changed), MERGED))
                .extracting(Finding::message)
                .anyMatch(message -> message.contains(finding));
    }

    private static byte[] serialized(FileMetaData meta) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeFileMetaData(meta, out);
        return out.toByteArray();
    }

    @Test
    void everyRowGroupOfTheSourceIsUsedOnce() throws IOException {
        assertThat(audit(file(50, chunk -> {}), file(ROWS, chunk -> {}), List.of(Origin.merged(0, 0))))
                .extracting(Finding::message)
                .contains("row group 0 of the source is used 2 times", "row group 1 of the source is used 0 times");
    }

    static Stream<Arguments> brokenRulesOfKeptRowGroups() {
        return Stream.of(
                data("kept meta_data", data -> data.setNum_values(49)),
                statistics("kept meta_data", statistics -> statistics.setNull_count(1)),
                columnIndex("kept column index", index -> index.getMin_values().set(4, ByteBuffer.wrap(A))),
                offsetIndex("kept offset index", index -> location(index).setFirst_row_index(1)),
                pages(
                        "kept bytes",
                        page -> page.tamperBody(body -> {
                            body[0] ^= 1;
                            return body;
                        })),
                broken("lost its bloom filter", chunk -> chunk.bloomFilter(0)),
                broken("kept bloom filter", chunk -> chunk.bloomFilter(256)),
                broken(
                        "lost its offset index",
                        chunk -> chunk.tamper(entry -> {
                            entry.unsetOffset_index_offset();
                            entry.unsetOffset_index_length();
                        })),
                broken(
                        "lost its column index",
                        chunk -> chunk.tamper(entry -> {
                            entry.unsetColumn_index_offset();
                            entry.unsetColumn_index_length();
                        })),
                broken("file_offset", chunk -> chunk.tamper(entry -> entry.setFile_offset(7))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenRulesOfKeptRowGroups")
    void findsABrokenRuleOfKeptRowGroups(String finding, Consumer<ChunkScript> chunk, Consumer<FileScript> file)
            throws IOException {
        assertThat(audit(file(50, unchanged -> {}), file(50, chunk), KEPT))
                .extracting(Finding::message)
                .anyMatch(message -> message.contains(finding));
    }

    @Test
    void whatAKeptRowGroupSaysMayBeFalseIfTheSourceSaysIt() throws IOException {
        Consumer<ChunkScript> lie =
                chunk -> chunk.tamperColumnIndex(index -> Collections.replaceAll(index.getNull_pages(), false, true))
                        .tamper(entry -> entry.getMeta_data().getStatistics().setMax_value(A));
        assertThat(audit(file(50, lie), file(50, lie), KEPT)).isEmpty();
    }

    @Test
    void aBloomFilterHasEveryBitOfTheValues() throws IOException {
        FileScript output = file(ROWS, chunk -> {});
        int end;
        try (ParquetFile open = ParquetFile.open(write("true", output))) {
            end = (int) open.bloomFilter(0, 0).orElseThrow().end();
        }
        output.tamperFile(bytes -> {
            Arrays.fill(bytes, end - 512, end, (byte) 0);
            return bytes;
        });
        assertThat(audit(file(50, chunk -> {}), output, MERGED))
                .extracting(Finding::message)
                .singleElement()
                .asString()
                .startsWith("bloom filter lacks");
    }

    /** Doubles; bounds of zero need the sign that lets readers find either zero, and are not exact with another. */
    @Test
    void aZeroBoundHasTheSignThatFindsBothZerosAndIsNotCalledExactWithAnother() throws IOException {
        assertThat(audit(zeros(0.0, null), zeros(0.0, false), MERGED)).isEmpty();
        assertThat(audit(zeros(0.0, null), zeros(0.0, true), MERGED))
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("is called exact"));
        assertThat(audit(zeros(-0.0, null), zeros(-0.0, true), MERGED)).isEmpty();
    }

    /** @param exact whether the minimum of −0 is called so; null for a source of two row groups without bounds */
    private static FileScript zeros(double least, Boolean exact) {
        FileScript file =
                new FileScript(new SchemaScript().required("x", Type.DOUBLE).build(), 1);
        for (int group = 0; group < (exact == null ? 2 : 1); group++) {
            Values values = exact == null
                    ? Values.of(new byte[][] {little(group == 0 ? least : 1)})
                    : Values.of(new byte[][] {little(least), little(1)});
            int rows = values.count();
            ChunkScript chunk = new ChunkScript(
                            file.leaves().get(0), new Triplets(new int[rows], new int[rows], values))
                    .evenPages(10)
                    .withEncodingStats()
                    .stats(exact == null ? ChunkScript.Stats.NONE : ChunkScript.Stats.BOUNDS);
            chunk.tamper(entry -> entry.getMeta_data().setEncodings(List.of(Encoding.PLAIN)));
            if (exact != null) {
                chunk.tamper(entry -> entry.getMeta_data().getStatistics().setIs_min_value_exact(exact));
            }
            file.rowGroup(new RowGroupScript(rows, List.of(chunk)).tamper(entry -> entry.setFile_offset(4)));
        }
        return file;
    }

    private static byte[] little(double value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array();
    }

    private static Arguments broken(String finding, Consumer<ChunkScript> change) {
        return broken(finding, change, file -> {});
    }

    private static Arguments broken(String finding, Consumer<ChunkScript> change, Consumer<FileScript> file) {
        return arguments(finding, change, file);
    }

    private static Arguments pages(String finding, Consumer<PageScript> change) {
        return broken(finding, chunk -> change.accept(chunk.pages().get(1)));
    }

    private static Arguments data(String finding, Consumer<ColumnMetaData> change) {
        return broken(finding, chunk -> chunk.tamper(entry -> change.accept(entry.getMeta_data())));
    }

    private static Arguments statistics(String finding, Consumer<Statistics> change) {
        return data(finding, data -> change.accept(data.getStatistics()));
    }

    private static Arguments columnIndex(String finding, Consumer<ColumnIndex> change) {
        return broken(finding, chunk -> chunk.tamperColumnIndex(change));
    }

    private static Arguments offsetIndex(String finding, Consumer<OffsetIndex> change) {
        return broken(finding, chunk -> chunk.tamperOffsetIndex(change));
    }

    private static Arguments footer(String finding, Consumer<FileMetaData> change) {
        return arguments(finding, change);
    }

    private static Arguments group(String finding, Consumer<RowGroup> change) {
        return footer(finding, meta -> change.accept(meta.getRow_groups().get(0)));
    }
}
