package io.glulam.fuzz;

import static io.glulam.fuzz.Reference.count;
import static io.glulam.fuzz.Reference.same;

import io.glulam.format.Statistics;
import io.glulam.page.PageHeader;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.jspecify.annotations.Nullable;

/** Holds page headers and statistics against what the reference implementation reads, field by field. */
final class ReferencePages {
    private ReferencePages() {}

    /** @throws Mismatch if a field is another one */
    static void compare(PageHeader found, org.apache.parquet.format.PageHeader expected) {
        same("type", found.type(), expected.getType().getValue());
        same("uncompressed_page_size", found.uncompressedSize(), expected.getUncompressed_page_size());
        same("compressed_page_size", found.compressedSize(), expected.getCompressed_page_size());
        same("crc", found.crc(), expected.isSetCrc() ? (Integer) expected.getCrc() : null);
        switch (expected.getType()) {
            case DATA_PAGE -> compare(found, expected.getData_page_header());
            case DATA_PAGE_V2 -> compare(found, expected.getData_page_header_v2());
            case DICTIONARY_PAGE -> compare(found, expected.getDictionary_page_header());
            default -> {
                // Readers pass over other pages.
            }
        }
    }

    private static void compare(PageHeader found, DataPageHeader expected) {
        same("num_values", found.valueCount(), expected.getNum_values());
        same("encoding", found.encoding(), expected.getEncoding().getValue());
        same(
                "definition_level_encoding",
                found.levels().definitionEncoding(),
                expected.getDefinition_level_encoding().getValue());
        same(
                "repetition_level_encoding",
                found.levels().repetitionEncoding(),
                expected.getRepetition_level_encoding().getValue());
        same("is_compressed", found.compressed(), true);
        same("num_rows", found.rowCount(), -1);
        compare(found.statistics(), expected.getStatistics());
    }

    private static void compare(PageHeader found, DataPageHeaderV2 expected) {
        int values = expected.getNum_values();
        same("num_values", found.valueCount(), values);
        same("num_nulls", found.nullCount(), possible(expected.getNum_nulls(), values));
        same("num_rows", found.rowCount(), possible(expected.getNum_rows(), values));
        same("encoding", found.encoding(), expected.getEncoding().getValue());
        same(
                "definition_levels_byte_length",
                found.levels().definitionBytes(),
                expected.getDefinition_levels_byte_length());
        same(
                "repetition_levels_byte_length",
                found.levels().repetitionBytes(),
                expected.getRepetition_levels_byte_length());
        same("is_compressed", found.compressed(), !expected.isSetIs_compressed() || expected.isIs_compressed());
        compare(found.statistics(), expected.getStatistics());
    }

    /** Levels tell nulls and rows: a number that cannot be is taken for an absent one. */
    private static int possible(int count, int values) {
        return count < 0 || count > values ? -1 : count;
    }

    private static void compare(PageHeader found, DictionaryPageHeader expected) {
        same("num_values", found.valueCount(), expected.getNum_values());
        same("encoding", found.encoding(), expected.getEncoding().getValue());
        same("statistics of a dictionary page", found.statistics(), null);
    }

    /** @throws Mismatch if a field is another one */
    static void compare(@Nullable Statistics found, org.apache.parquet.format.@Nullable Statistics expected) {
        if (found == null || expected == null) {
            same("whether there are statistics", found != null, expected != null);
            return;
        }
        same("max", found.max(), expected.getMax());
        same("min", found.min(), expected.getMin());
        same("null_count", found.nullCount(), count(expected.isSetNull_count(), expected.getNull_count()));
        same(
                "distinct_count",
                found.distinctCount(),
                count(expected.isSetDistinct_count(), expected.getDistinct_count()));
        same("max_value", found.maxValue(), expected.getMax_value());
        same("min_value", found.minValue(), expected.getMin_value());
        same(
                "is_max_value_exact",
                found.maxExact(),
                expected.isSetIs_max_value_exact() ? (Boolean) expected.isIs_max_value_exact() : null);
        same(
                "is_min_value_exact",
                found.minExact(),
                expected.isSetIs_min_value_exact() ? (Boolean) expected.isIs_min_value_exact() : null);
        same("nan_count", found.nanCount(), count(expected.isSetNan_count(), expected.getNan_count()));
    }
}
