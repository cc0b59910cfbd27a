package io.glulam.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.VerificationFailed;
import io.glulam.execute.support.Compaction;
import io.glulam.execute.support.MemoryWriter;
import io.glulam.plan.Verify;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** New files whose footers lie: each lie alone is found before anybody else can read it. */
class OutputVerifierTest {
    private static final int KEY = 0;
    private static final int OTHER = 1;
    private static final int NAME = 2;
    private static final int NUMBERS = 4;

    @TempDir
    static Path folder;

    private static Compaction compaction;
    private static byte[] output;

    @BeforeAll
    static void compact() throws IOException {
        compaction = Compaction.of(folder, WriterVersion.PARQUET_1_0, Verify.STRUCTURE);
        output = compaction.run(new MemoryWriter()).bytes();
    }

    @AfterAll
    static void close() {
        compaction.close();
    }

    @Test
    void theTruthPasses() throws IOException {
        byte[] same = Compaction.withFooter(output, footer -> {});
        assertThatCode(() -> compaction.verify(output)).doesNotThrowAnyException();
        assertThatCode(() -> compaction.verify(same)).doesNotThrowAnyException();
    }

    static Stream<Arguments> liesAboutTheFile() {
        return Stream.of(
                file("another number of rows", footer -> footer.setNum_rows(footer.getNum_rows() + 1)),
                file("a lost row group", footer -> footer.getRow_groups().remove(1)),
                file("row groups in another order", footer -> Collections.swap(footer.getRow_groups(), 0, 1)),
                file(
                        "a row group twice",
                        footer -> footer.getRow_groups()
                                .set(1, footer.getRow_groups().get(0))),
                file("another writer", footer -> footer.setCreated_by("somebody")),
                file("another key", footer -> footer.addToKey_value_metadata(new KeyValue("key"))),
                file("another name", footer -> footer.getSchema().get(1).setName("yek")),
                file(
                        "another nullability",
                        footer -> footer.getSchema()
                                .get(3)
                                .setRepetition_type(org.apache.parquet.format.FieldRepetitionType.REQUIRED)),
                file("no column orders", FileMetaData::unsetColumn_orders),
                file("another version", footer -> footer.setVersion(footer.getVersion() + 1)));
    }

    static Stream<Arguments> liesAboutMergedRowGroups() {
        return Stream.of(
                group("another number of rows", group -> group.setNum_rows(group.getNum_rows() - 1)),
                group("columns exchanged", group -> Collections.swap(group.getColumns(), KEY, OTHER)),
                group("entries exchanged", group -> exchange(group, KEY, OTHER)),
                group("entries without indexes exchanged", group -> {
                    withoutTail(group.getColumns().get(KEY));
                    withoutTail(group.getColumns().get(OTHER));
                    exchange(group, KEY, OTHER);
                }),
                chunk("another number of values", NAME, data -> data.setNum_values(data.getNum_values() + 1)),
                chunk("a shifted first page", KEY, data -> data.setData_page_offset(data.getData_page_offset() + 1)),
                chunk(
                        "a first page left out",
                        KEY,
                        data -> data.setData_page_offset(data.getData_page_offset() + 1_000)),
                chunk("no dictionary", NAME, ColumnMetaData::unsetDictionary_page_offset),
                chunk(
                        "a shifted dictionary",
                        NAME,
                        data -> data.setDictionary_page_offset(data.getDictionary_page_offset() - 1)),
                chunk("too short", KEY, data -> data.setTotal_compressed_size(data.getTotal_compressed_size() - 1)),
                chunk("too long", KEY, data -> data.setTotal_compressed_size(data.getTotal_compressed_size() + 1)),
                chunk(
                        "another uncompressed size",
                        KEY,
                        data -> data.setTotal_uncompressed_size(data.getTotal_uncompressed_size() + 1)),
                chunk("an encoding left out", KEY, data -> data.setEncodings(List.of(Encoding.RLE))),
                chunk("pages of an encoding miscounted", NAME, data -> {
                    var stats = data.getEncoding_stats().get(0);
                    stats.setCount(stats.getCount() + 1);
                }),
                chunk(
                        "plain pages called dictionary-encoded",
                        KEY,
                        data -> data.getEncoding_stats().get(0).setEncoding(Encoding.RLE_DICTIONARY)),
                chunk(
                        "more nulls than values",
                        NAME,
                        data -> data.getStatistics().setNull_count(data.getNum_values() + 1)),
                chunk(
                        "a shifted bloom filter",
                        KEY,
                        data -> data.setBloom_filter_offset(data.getBloom_filter_offset() + 1)),
                chunk(
                        "a longer bloom filter",
                        KEY,
                        data -> data.setBloom_filter_length(data.getBloom_filter_length() + 32)),
                index("another column's offset index", (chunk, other) -> {
                    chunk.setOffset_index_offset(other.getOffset_index_offset());
                    chunk.setOffset_index_length(other.getOffset_index_length());
                }),
                index("another column's column index", (chunk, other) -> {
                    chunk.setColumn_index_offset(other.getColumn_index_offset());
                    chunk.setColumn_index_length(other.getColumn_index_length());
                }),
                index("no offset index", (chunk, other) -> {
                    chunk.unsetOffset_index_offset();
                    chunk.unsetOffset_index_length();
                }),
                index(
                        "a shifted offset index",
                        (chunk, other) -> chunk.setOffset_index_offset(chunk.getOffset_index_offset() + 1)),
                index("a column index without end", (chunk, other) -> chunk.setColumn_index_length(Integer.MAX_VALUE)));
    }

    static Stream<Arguments> liesAboutKeptRowGroups() {
        return Stream.of(
                kept("another row group's bytes", (mine, other) -> {
                    ColumnMetaData data = mine.getColumns().get(KEY).getMeta_data();
                    data.setData_page_offset(
                            other.getColumns().get(KEY).getMeta_data().getData_page_offset());
                }),
                kept("pages shifted", (mine, other) -> {
                    ColumnMetaData data = mine.getColumns().get(NUMBERS).getMeta_data();
                    data.setData_page_offset(data.getData_page_offset() + 1);
                }),
                kept("data pages shifted after the dictionary", (mine, other) -> {
                    ColumnMetaData data = mine.getColumns().get(NAME).getMeta_data();
                    data.setData_page_offset(data.getData_page_offset() + 1);
                }),
                file("the last bloom filter longer than it is", footer -> {
                    ColumnMetaData data = lastWithBloomFilter(footer);
                    data.setBloom_filter_length(data.getBloom_filter_length() + 32);
                }),
                kept(
                        "another codec",
                        (mine, other) ->
                                mine.getColumns().get(KEY).getMeta_data().setCodec(CompressionCodec.GZIP)),
                kept(
                        "another statistic",
                        (mine, other) -> mine.getColumns()
                                .get(KEY)
                                .getMeta_data()
                                .setStatistics(other.getColumns()
                                        .get(KEY)
                                        .getMeta_data()
                                        .getStatistics())),
                kept(
                        "other encodings",
                        (mine, other) -> mine.getColumns()
                                .get(KEY)
                                .getMeta_data()
                                .setEncodings(List.of(Encoding.RLE_DICTIONARY))),
                kept(
                        "other encoding stats",
                        (mine, other) ->
                                mine.getColumns().get(KEY).getMeta_data().unsetEncoding_stats()),
                kept(
                        "another offset index",
                        (mine, other) -> mine.getColumns()
                                .get(KEY)
                                .setOffset_index_offset(
                                        other.getColumns().get(KEY).getOffset_index_offset())),
                kept("another column index", (mine, other) -> {
                    mine.getColumns()
                            .get(KEY)
                            .setColumn_index_offset(other.getColumns().get(KEY).getColumn_index_offset());
                    mine.getColumns()
                            .get(KEY)
                            .setColumn_index_length(other.getColumns().get(KEY).getColumn_index_length());
                }),
                kept(
                        "another bloom filter",
                        (mine, other) -> mine.getColumns()
                                .get(KEY)
                                .getMeta_data()
                                .setBloom_filter_offset(other.getColumns()
                                        .get(KEY)
                                        .getMeta_data()
                                        .getBloom_filter_offset())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"liesAboutTheFile", "liesAboutMergedRowGroups", "liesAboutKeptRowGroups"})
    void everyLieIsFound(String lie, Lie tell) throws IOException {
        byte[] tampered = Compaction.withFooter(output, tell::in);

        assertThat(tampered).isNotEqualTo(output);
        assertThatThrownBy(() -> compaction.verify(tampered)).isInstanceOf(VerificationFailed.class);
    }

    @Test
    void anOffsetIndexWithAnotherFirstRowIsFound() throws IOException {
        assertFound(
                offsetIndex(compaction.merged(), KEY, page -> page.setFirst_row_index(page.getFirst_row_index() + 1)));
    }

    @Test
    void anOffsetIndexWithAnotherSizeIsFound() throws IOException {
        assertFound(offsetIndex(
                compaction.merged(), KEY, page -> page.setCompressed_page_size(page.getCompressed_page_size() - 1)));
    }

    @Test
    void anotherOffsetIndexOfAKeptRowGroupIsFound() throws IOException {
        assertFound(
                offsetIndex(compaction.kept(), KEY, page -> page.setFirst_row_index(page.getFirst_row_index() + 1)));
    }

    @Test
    void aColumnIndexWithMoreNullsThanValuesIsFound() throws IOException {
        ColumnChunk chunk = chunk(compaction.merged(), NAME);
        int offset = (int) chunk.getColumn_index_offset();
        org.apache.parquet.format.ColumnIndex index =
                Util.readColumnIndex(new ByteArrayInputStream(output, offset, chunk.getColumn_index_length()));
        index.getNull_counts().replaceAll(nulls -> nulls + 8_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeColumnIndex(index, out);
        assertFound(withColumnIndex(chunk, out.toByteArray()));
    }

    /** The output with another column index, which may be longer: what lies after it is shifted. */
    private static byte[] withColumnIndex(ColumnChunk of, byte[] index) throws IOException {
        long offset = of.getColumn_index_offset();
        int end = (int) offset + of.getColumn_index_length();
        int more = index.length - of.getColumn_index_length();
        ByteArrayOutputStream grown = new ByteArrayOutputStream();
        grown.write(output, 0, (int) offset);
        grown.writeBytes(index);
        grown.write(output, end, output.length - end);
        return Compaction.withFooter(
                grown.toByteArray(),
                footer -> footer.getRow_groups()
                        .forEach(group -> group.getColumns().forEach(chunk -> {
                            if (chunk.getColumn_index_offset() == offset) {
                                chunk.setColumn_index_length(index.length);
                            } else if (chunk.getColumn_index_offset() > offset) {
                                chunk.setColumn_index_offset(chunk.getColumn_index_offset() + more);
                            }
                            if (chunk.isSetOffset_index_offset()) {
                                chunk.setOffset_index_offset(chunk.getOffset_index_offset() + more);
                            }
                        })));
    }

    @Test
    void aLongerColumnIndexThatTellsTheTruthPasses() throws IOException {
        ColumnChunk chunk = chunk(compaction.merged(), NAME);
        int offset = (int) chunk.getColumn_index_offset();
        byte[] same = Arrays.copyOfRange(output, offset, offset + chunk.getColumn_index_length());
        byte[] rewritten = withColumnIndex(chunk, same);
        assertThatCode(() -> compaction.verify(rewritten)).doesNotThrowAnyException();
    }

    private static ColumnChunk chunk(int rowGroup, int column) throws IOException {
        ColumnChunk[] found = new ColumnChunk[1];
        Compaction.withFooter(
                output,
                footer -> found[0] =
                        footer.getRow_groups().get(rowGroup).getColumns().get(column));
        return found[0];
    }

    /** The output with the second page of an offset index changed. */
    private static byte[] offsetIndex(int rowGroup, int column, Change<PageLocation> change) throws IOException {
        ColumnChunk chunk = chunk(rowGroup, column);
        int offset = (int) chunk.getOffset_index_offset();
        OffsetIndex index =
                Util.readOffsetIndex(new ByteArrayInputStream(output, offset, chunk.getOffset_index_length()));
        change.of(index.getPage_locations().get(1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeOffsetIndex(index, out);
        return patched(offset, chunk.getOffset_index_length(), out.toByteArray());
    }

    private static byte[] patched(int offset, int length, byte[] bytes) {
        assertThat(bytes).hasSize(length);
        byte[] patched = output.clone();
        System.arraycopy(bytes, 0, patched, offset, length);
        return patched;
    }

    private static void assertFound(byte[] tampered) {
        assertThat(tampered).isNotEqualTo(output);
        assertThatThrownBy(() -> compaction.verify(tampered)).isInstanceOf(VerificationFailed.class);
    }

    private static void withoutTail(ColumnChunk chunk) {
        chunk.unsetColumn_index_offset();
        chunk.unsetColumn_index_length();
        chunk.unsetOffset_index_offset();
        chunk.unsetOffset_index_length();
        chunk.getMeta_data().unsetBloom_filter_offset();
        chunk.getMeta_data().unsetBloom_filter_length();
    }

    private static ColumnMetaData lastWithBloomFilter(FileMetaData footer) {
        ColumnMetaData last = null;
        for (RowGroup group : footer.getRow_groups()) {
            for (ColumnChunk chunk : group.getColumns()) {
                last = chunk.getMeta_data().isSetBloom_filter_offset() ? chunk.getMeta_data() : last;
            }
        }
        return last;
    }

    private interface Lie {
        void in(FileMetaData footer);
    }

    private interface Change<T> {
        void of(T part);
    }

    private static Arguments file(String what, Lie lie) {
        return Arguments.of(what, lie);
    }

    private static Arguments group(String what, Change<RowGroup> change) {
        return file("merged: " + what, footer -> change.of(merged(footer)));
    }

    private static Arguments chunk(String what, int column, Change<ColumnMetaData> change) {
        return group(what, group -> change.of(group.getColumns().get(column).getMeta_data()));
    }

    private static Arguments index(String what, BiConsumer<ColumnChunk, ColumnChunk> change) {
        return group(
                what,
                group -> change.accept(
                        group.getColumns().get(KEY), group.getColumns().get(OTHER)));
    }

    private static Arguments kept(String what, BiConsumer<RowGroup, RowGroup> change) {
        return file(
                "kept: " + what,
                footer -> change.accept(
                        footer.getRow_groups().get(compaction.kept()),
                        footer.getRow_groups().get(compaction.kept() + 1)));
    }

    private static RowGroup merged(FileMetaData footer) {
        return footer.getRow_groups().get(compaction.merged());
    }

    private static void exchange(RowGroup group, int a, int b) {
        ColumnMetaData first = group.getColumns().get(a).getMeta_data();
        ColumnMetaData second = group.getColumns().get(b).getMeta_data();
        List<String> path = first.getPath_in_schema();
        first.setPath_in_schema(second.getPath_in_schema());
        second.setPath_in_schema(path);
        group.getColumns().get(a).setMeta_data(second);
        group.getColumns().get(b).setMeta_data(first);
    }
}
