package io.glulam.footer;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.PageEncodingStats;
import io.glulam.format.SchemaNode;
import io.glulam.format.SortingColumn;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.SizeStatistics;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/** Holds a footer against the same bytes read by Apache Parquet's generated Thrift classes, field by field. */
final class FooterComparison {
    private final Footer footer;
    private final FileMetaData oracle;

    private FooterComparison(Footer footer, FileMetaData oracle) {
        this.footer = footer;
        this.oracle = oracle;
    }

    static void assertSame(Footer footer, FileMetaData oracle) {
        FooterComparison comparison = new FooterComparison(footer, oracle);
        comparison.compareFile();
        comparison.compareSchema();
        for (int i = 0; i < oracle.getRow_groupsSize(); i++) {
            comparison.compareRowGroup(i);
        }
    }

    /** The whole footer, without length and magic. */
    static byte[] bytes(Footer footer) {
        return footer.bytes().range(new ByteSpan(0, footer.bytes().length()));
    }

    private void compareFile() {
        assertThat(footer.version()).isEqualTo(oracle.getVersion());
        assertThat(footer.statedRowCount()).isEqualTo(oracle.getNum_rows());
        assertThat(footer.rowCount()).isEqualTo(sumOfRows(oracle));
        assertThat(footer.createdBy()).isEqualTo(oracle.getCreated_by());
        assertThat(footer.rowGroupCount()).isEqualTo(oracle.getRow_groupsSize());
        assertThat(footer.schema().columnOrdersDeclared()).isEqualTo(oracle.isSetColumn_orders());
        List<KeyValue> expected = oracle.isSetKey_value_metadata() ? oracle.getKey_value_metadata() : List.of();
        assertThat(footer.keyValueMetadata())
                .extracting(Map.Entry::getKey)
                .containsExactlyElementsOf(
                        expected.stream().map(KeyValue::getKey).toList());
        assertThat(footer.keyValueMetadata())
                .extracting(Map.Entry::getValue)
                .containsExactlyElementsOf(
                        expected.stream().map(KeyValue::getValue).toList());
    }

    static long sumOfRows(FileMetaData oracle) {
        return oracle.getRow_groups().stream().mapToLong(RowGroup::getNum_rows).sum();
    }

    private void compareSchema() {
        int[] next = {0};
        compareNode(footer.schema().root(), next);
        assertThat(next[0]).isEqualTo(oracle.getSchemaSize());
    }

    private void compareNode(SchemaNode node, int[] next) {
        SchemaElement element = oracle.getSchema().get(next[0]++);
        assertThat(node.name()).isEqualTo(element.getName());
        assertThat(node.isGroup()).isEqualTo(!element.isSetType());
        assertThat(node.fieldId()).isEqualTo(element.isSetField_id() ? element.getField_id() : null);
        if (element.isSetConverted_type()) {
            assertThat(node.convertedType())
                    .isEqualTo(element.getConverted_type().getValue());
        } else {
            assertThat(ConvertedType.findByValue(node.convertedType())).isNull();
        }
        if (element.isSetLogicalType()) {
            assertThat(node.logicalType().id())
                    .isEqualTo(element.getLogicalType().getSetField().getThriftFieldId());
        } else {
            int id = node.logicalType() == null ? 0 : node.logicalType().id();
            assertThat(LogicalType._Fields.findByThriftId(id)).isNull();
        }
        assertThat(node.scale()).isEqualTo(element.getScale());
        assertThat(node.precision()).isEqualTo(element.getPrecision());
        if (next[0] > 1) {
            assertThat(node.repetition())
                    .hasToString(element.getRepetition_type().name());
        }
        if (!node.isGroup()) {
            assertThat(node.type()).hasToString(element.getType().name());
        }
        assertThat(node.children()).hasSize(element.getNum_children());
        node.children().forEach(child -> compareNode(child, next));
    }

    private void compareRowGroup(int index) {
        RowGroup expected = oracle.getRow_groups().get(index);
        assertThat(footer.rows(index)).isEqualTo(expected.getNum_rows());
        assertThat(footer.ordinal(index)).isEqualTo(expected.isSetOrdinal() ? expected.getOrdinal() : -1);
        List<ColumnMetaData> columns = expected.getColumns().stream()
                .map(org.apache.parquet.format.ColumnChunk::getMeta_data)
                .toList();
        assertThat(footer.compressedSize(index))
                .isEqualTo(columns.stream()
                        .mapToLong(ColumnMetaData::getTotal_compressed_size)
                        .sum());
        assertThat(footer.uncompressedSize(index))
                .isEqualTo(columns.stream()
                        .mapToLong(ColumnMetaData::getTotal_uncompressed_size)
                        .sum());
        List<SortingColumn> sorting = !expected.isSetSorting_columns()
                ? List.of()
                : expected.getSorting_columns().stream()
                        .map(column -> new SortingColumn(
                                column.getColumn_idx(), column.isDescending(), column.isNulls_first()))
                        .toList();
        assertThat(footer.sortingColumns(index)).isEqualTo(sorting);
        for (Leaf leaf : footer.schema().leaves()) {
            assertThat(leaf.path()).isEqualTo(columns.get(leaf.index()).getPath_in_schema());
            compareChunk(
                    footer.chunk(index, leaf.index()), expected.getColumns().get(leaf.index()));
        }
    }

    private void compareChunk(ColumnChunk chunk, org.apache.parquet.format.ColumnChunk expected) {
        ColumnMetaData metaData = expected.getMeta_data();
        assertThat(chunk.type()).isEqualTo(metaData.getType().getValue());
        assertThat(chunk.valueCount()).isEqualTo(metaData.getNum_values());
        assertThat(chunk.uncompressedSize()).isEqualTo(metaData.getTotal_uncompressed_size());
        assertThat(chunk.compressedSize()).isEqualTo(metaData.getTotal_compressed_size());
        assertThat(chunk.dataPageOffset()).isEqualTo(metaData.getData_page_offset());
        assertThat(chunk.indexPageOffset()).isEqualTo(metaData.getIndex_page_offset());
        assertThat(chunk.dictionaryPageOffset()).isEqualTo(metaData.getDictionary_page_offset());
        assertThat(chunk.bloomFilterOffset())
                .isEqualTo(usable(metaData.getBloom_filter_offset(), Math.max(1, chunk.bloomFilterLength())));
        assertThat(chunk.bloomFilterLength())
                .isEqualTo(metaData.isSetBloom_filter_length() ? metaData.getBloom_filter_length() : -1);
        assertThat(chunk.offsetIndexOffset())
                .isEqualTo(usable(expected.getOffset_index_offset(), expected.getOffset_index_length()));
        assertThat(chunk.offsetIndexLength()).isEqualTo(expected.getOffset_index_length());
        assertThat(chunk.columnIndexOffset())
                .isEqualTo(usable(expected.getColumn_index_offset(), expected.getColumn_index_length()));
        assertThat(chunk.columnIndexLength()).isEqualTo(expected.getColumn_index_length());
        assertThat(chunk.keyValueMetadata() != null).isEqualTo(metaData.isSetKey_value_metadata());
        assertThat(chunk.geospatialStatistics() != null).isEqualTo(metaData.isSetGeospatial_statistics());
        compareEnums(chunk, metaData);
        compareStatistics(chunk.statistics(), metaData.getStatistics());
        compareSizes(chunk.sizeStatistics(), metaData.getSize_statistics());
    }

    /** The offset of an index or bloom filter, where one of that length can lie before the footer. */
    private long usable(long offset, long length) {
        boolean inside = offset >= 4 && length > 0 && offset + length <= footer.offsetInFile();
        return offset == 0 || inside ? offset : ColumnChunk.UNUSABLE;
    }

    /** Enum values that the oracle does not know come out of it as null. */
    private static void compareEnums(ColumnChunk chunk, ColumnMetaData metaData) {
        if (metaData.getCodec() != null) {
            assertThat(chunk.codec()).isEqualTo(metaData.getCodec().getValue());
        }
        assertThat(chunk.encodings()).hasSize(metaData.getEncodingsSize());
        IntStream.range(0, metaData.getEncodingsSize())
                .filter(i -> metaData.getEncodings().get(i) != null)
                .forEach(i -> assertThat(chunk.encodings()[i])
                        .isEqualTo(metaData.getEncodings().get(i).getValue()));
        List<PageEncodingStats> stats = !metaData.isSetEncoding_stats()
                ? List.of()
                : metaData.getEncoding_stats().stream()
                        .map(entry -> new PageEncodingStats(
                                entry.getPage_type().getValue(),
                                entry.getEncoding().getValue(),
                                entry.getCount()))
                        .toList();
        assertThat(chunk.encodingStats()).isEqualTo(stats);
    }

    private static void compareStatistics(
            io.glulam.format.@Nullable Statistics statistics, @Nullable Statistics expected) {
        assertThat(statistics == null).isEqualTo(expected == null);
        if (statistics == null || expected == null) {
            return;
        }
        assertThat(statistics.min()).isEqualTo(bytes(expected.bufferForMin()));
        assertThat(statistics.max()).isEqualTo(bytes(expected.bufferForMax()));
        assertThat(statistics.minValue()).isEqualTo(bytes(expected.bufferForMin_value()));
        assertThat(statistics.maxValue()).isEqualTo(bytes(expected.bufferForMax_value()));
        assertThat(statistics.nullCount()).isEqualTo(expected.isSetNull_count() ? expected.getNull_count() : -1);
        assertThat(statistics.distinctCount())
                .isEqualTo(expected.isSetDistinct_count() ? expected.getDistinct_count() : -1);
        assertThat(statistics.nanCount()).isEqualTo(expected.isSetNan_count() ? expected.getNan_count() : -1);
        assertThat(statistics.minExact())
                .isEqualTo(expected.isSetIs_min_value_exact() ? expected.isIs_min_value_exact() : null);
        assertThat(statistics.maxExact())
                .isEqualTo(expected.isSetIs_max_value_exact() ? expected.isIs_max_value_exact() : null);
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static void compareSizes(
            io.glulam.format.@Nullable SizeStatistics sizes, @Nullable SizeStatistics expected) {
        assertThat(sizes == null).isEqualTo(expected == null);
        if (sizes == null || expected == null) {
            return;
        }
        assertThat(sizes.unencodedByteArrayBytes())
                .isEqualTo(
                        expected.isSetUnencoded_byte_array_data_bytes()
                                ? expected.getUnencoded_byte_array_data_bytes()
                                : -1);
        assertThat(sizes.repetitionLevels()).isEqualTo(longs(expected.getRepetition_level_histogram()));
        assertThat(sizes.definitionLevels()).isEqualTo(longs(expected.getDefinition_level_histogram()));
    }

    private static long[] longs(@Nullable List<Long> list) {
        return list == null
                ? new long[0]
                : list.stream().mapToLong(Long::longValue).toArray();
    }
}
