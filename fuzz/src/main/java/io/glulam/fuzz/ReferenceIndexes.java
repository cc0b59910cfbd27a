package io.glulam.fuzz;

import static io.glulam.fuzz.Reference.numbers;
import static io.glulam.fuzz.Reference.same;

import io.glulam.statistics.BloomFilterHeader;
import io.glulam.statistics.ColumnIndex;
import io.glulam.statistics.OffsetIndex;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Holds page indexes and headers of bloom filters against what the reference implementation reads, field by field. */
final class ReferenceIndexes {
    private ReferenceIndexes() {}

    /** @throws Mismatch if a field is another one */
    static void compare(ColumnIndex found, org.apache.parquet.format.ColumnIndex expected) {
        List<Boolean> nullPages = new ArrayList<>();
        for (boolean isNull : found.nullPages()) {
            nullPages.add(isNull);
        }
        same("null_pages", nullPages, expected.getNull_pages());
        same("min_values", found.minValues(), bytes(expected.getMin_values()));
        same("max_values", found.maxValues(), bytes(expected.getMax_values()));
        same(
                "boundary_order",
                found.boundaryOrder().ordinal(),
                expected.getBoundary_order().getValue());
        same("null_counts", found.nullCounts(), numbers(expected.getNull_counts()));
        same(
                "repetition_level_histograms",
                found.repetitionLevels(),
                numbers(expected.getRepetition_level_histograms()));
        same(
                "definition_level_histograms",
                found.definitionLevels(),
                numbers(expected.getDefinition_level_histograms()));
        same("nan_counts", found.nanCounts(), numbers(expected.getNan_counts()));
    }

    private static byte[][] bytes(List<ByteBuffer> values) {
        return values.stream()
                .map(value -> {
                    byte[] bytes = new byte[value.remaining()];
                    value.duplicate().get(bytes);
                    return bytes;
                })
                .toArray(byte[][]::new);
    }

    /**
     * @param shift by which pages were moved after they were found
     * @throws Mismatch if a field is another one
     */
    static void compare(OffsetIndex found, org.apache.parquet.format.OffsetIndex expected, long shift) {
        same("number of page_locations", found.pageCount(), expected.getPage_locationsSize());
        for (int page = 0; page < found.pageCount(); page++) {
            var location = expected.getPage_locations().get(page);
            same("offset of page " + page, found.offsets()[page] + shift, location.getOffset());
            same("size of page " + page, found.compressedSizes()[page], location.getCompressed_page_size());
            same("first row of page " + page, found.firstRows()[page], location.getFirst_row_index());
        }
        same(
                "unencoded_byte_array_data_bytes",
                found.unencodedByteArrayBytes(),
                numbers(expected.getUnencoded_byte_array_data_bytes()));
    }

    /** @throws Mismatch if readers that go by the reference implementation take it for another one */
    static void compare(BloomFilterHeader found, Reference<org.apache.parquet.format.BloomFilterHeader> expected) {
        var header = expected.struct();
        boolean isKnown = header.getAlgorithm().isSetBLOCK()
                && header.getHash().isSetXXHASH()
                && header.getCompression().isSetUNCOMPRESSED();
        same("numBytes", found.bitsetLength(), header.getNumBytes());
        if (found.isKnown()) {
            same("whether its kind is known", true, isKnown);
            same("length of the header", found.length(), expected.length());
        }
    }
}
