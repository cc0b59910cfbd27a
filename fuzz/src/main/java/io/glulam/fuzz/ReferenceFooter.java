package io.glulam.fuzz;

import static io.glulam.fuzz.Reference.numbers;
import static io.glulam.fuzz.Reference.same;

import io.glulam.footer.Footer;
import io.glulam.format.ColumnChunk;
import io.glulam.format.Leaf;
import io.glulam.format.PageEncodingStats;
import io.glulam.format.SizeStatistics;
import io.glulam.format.SortingColumn;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.jspecify.annotations.Nullable;

/** Holds a footer against what the reference implementation reads, field by field. */
final class ReferenceFooter {
    private final Footer footer;
    private final FileMetaData expected;

    private ReferenceFooter(Footer footer, FileMetaData expected) {
        this.footer = footer;
        this.expected = expected;
    }

    /** @throws Mismatch if a field is another one */
    static void compare(Footer footer, FileMetaData expected) {
        ReferenceFooter comparison = new ReferenceFooter(footer, expected);
        comparison.compareFile();
        ReferenceSchema.compare(footer.schema(), expected);
        for (int group = 0; group < footer.rowGroupCount(); group++) {
            comparison.compareRowGroup(group, expected.getRow_groups().get(group));
        }
    }

    private void compareFile() {
        same("version", footer.version(), expected.getVersion());
        same("num_rows", footer.statedRowCount(), expected.getNum_rows());
        same("created_by", footer.createdBy(), expected.getCreated_by());
        same("number of row groups", footer.rowGroupCount(), expected.getRow_groupsSize());
        same("whether there are column_orders", footer.columnOrdersSpan() != null, expected.isSetColumn_orders());
        List<Map.Entry<String, @Nullable String>> found = footer.keyValueMetadata();
        same("number of keys", found.size(), expected.getKey_value_metadataSize());
        for (int i = 0; i < found.size(); i++) {
            var entry = expected.getKey_value_metadata().get(i);
            same("key " + i, found.get(i).getKey(), entry.getKey());
            same("value " + i, found.get(i).getValue(), entry.getValue());
        }
    }

    private void compareRowGroup(int index, RowGroup group) {
        same("num_rows", footer.rows(index), group.getNum_rows());
        List<SortingColumn> sorting = footer.sortingColumns(index);
        if (!sorting.isEmpty()) {
            same(
                    "sorting_columns",
                    sorting,
                    group.getSorting_columns().stream()
                            .map(column -> new SortingColumn(
                                    column.getColumn_idx(), column.isDescending(), column.isNulls_first()))
                            .toList());
        }
        for (Leaf leaf : footer.schema().leaves()) {
            var entry = group.getColumns().get(leaf.index());
            same("path_in_schema", leaf.path(), entry.getMeta_data().getPath_in_schema());
            ColumnChunk chunk = footer.chunk(index, leaf.index());
            comparePlaces(chunk, entry);
            compareMetaData(chunk, entry.getMeta_data());
        }
    }

    private void comparePlaces(ColumnChunk chunk, org.apache.parquet.format.ColumnChunk entry) {
        same("offset_index_length", chunk.offsetIndexLength(), entry.getOffset_index_length());
        same("column_index_length", chunk.columnIndexLength(), entry.getColumn_index_length());
        same(
                "offset_index_offset",
                chunk.offsetIndexOffset(),
                usable(entry.getOffset_index_offset(), chunk.offsetIndexLength()));
        same(
                "column_index_offset",
                chunk.columnIndexOffset(),
                usable(entry.getColumn_index_offset(), chunk.columnIndexLength()));
    }

    /** The offset of an aid, where one of that length can lie before the footer. */
    private long usable(long offset, long length) {
        boolean fits = offset >= ColumnChunk.MIN_OFFSET && length > 0 && length <= footer.offsetInFile() - offset;
        return offset == 0 || fits ? offset : ColumnChunk.UNUSABLE;
    }

    private void compareMetaData(ColumnChunk chunk, ColumnMetaData entry) {
        same("type", chunk.type(), entry.getType().getValue());
        same("codec", chunk.codec(), entry.getCodec().getValue());
        same("num_values", chunk.valueCount(), entry.getNum_values());
        same("total_uncompressed_size", chunk.uncompressedSize(), Math.max(0, entry.getTotal_uncompressed_size()));
        same("total_compressed_size", chunk.compressedSize(), entry.getTotal_compressed_size());
        same("data_page_offset", chunk.dataPageOffset(), entry.getData_page_offset());
        same("index_page_offset", chunk.indexPageOffset(), entry.getIndex_page_offset());
        same("dictionary_page_offset", chunk.dictionaryPageOffset(), Math.max(0, entry.getDictionary_page_offset()));
        same(
                "bloom_filter_length",
                chunk.bloomFilterLength(),
                entry.isSetBloom_filter_length() ? entry.getBloom_filter_length() : -1);
        same(
                "bloom_filter_offset",
                chunk.bloomFilterOffset(),
                usable(entry.getBloom_filter_offset(), Math.max(1, chunk.bloomFilterLength())));
        same("key_value_metadata", chunk.keyValueMetadata() != null, entry.isSetKey_value_metadata());
        same("geospatial_statistics", chunk.geospatialStatistics() != null, entry.isSetGeospatial_statistics());
        compareEncodings(chunk, entry);
        ReferencePages.compare(chunk.statistics(), entry.getStatistics());
        compareSizes(chunk.sizeStatistics(), entry.getSize_statistics());
    }

    /** The reference implementation leaves out encodings that it does not know. */
    private static void compareEncodings(ColumnChunk chunk, ColumnMetaData entry) {
        same(
                "encodings",
                Arrays.stream(chunk.encodings())
                        .mapToObj(Encoding::findByValue)
                        .filter(Objects::nonNull)
                        .toList(),
                entry.getEncodings());
        List<PageEncodingStats> stats = !entry.isSetEncoding_stats()
                ? List.of()
                : entry.getEncoding_stats().stream()
                        .map(stat -> new PageEncodingStats(
                                stat.getPage_type().getValue(),
                                stat.getEncoding().getValue(),
                                stat.getCount()))
                        .toList();
        same("encoding_stats", chunk.encodingStats(), stats);
    }

    private static void compareSizes(
            @Nullable SizeStatistics found, org.apache.parquet.format.@Nullable SizeStatistics entry) {
        if (found == null || entry == null) {
            same("whether there are size_statistics", found != null, entry != null);
            return;
        }
        same(
                "unencoded_byte_array_data_bytes",
                found.unencodedByteArrayBytes(),
                entry.isSetUnencoded_byte_array_data_bytes() ? entry.getUnencoded_byte_array_data_bytes() : -1);
        same("repetition_level_histogram", found.repetitionLevels(), numbers(entry.getRepetition_level_histogram()));
        same("definition_level_histogram", found.definitionLevels(), numbers(entry.getDefinition_level_histogram()));
    }
}
