package io.glulam.statistics;

import java.io.Serializable;

/**
 * The form that readers take for granted in pages of a file with a given {@code created_by}, beyond the specification. A
 * compactor that keeps the source's {@code created_by} has to write its own pages that way, or not write that kind of
 * page.
 *
 * @param singleBitPackedRunForByteWidths fastparquet reads dictionary indices of width 8, 16 or 32 as one bit-packed
 *     run without looking further
 * @param singleRunLevelsWithoutNulls where the chunk's null_count is 0, fastparquet skips a V1 page's definition levels
 *     as one RLE run of all values
 * @param alwaysCompressedV2 Arrow C++ and Velox decompress V2 pages whatever {@code is_compressed} says (ARROW-10353)
 * @param int96AsParquetMr Spark takes INT96 as adjusted to UTC; under any other name it may shift it by the session's
 *     time zone
 */
public record WriterDialect(
        boolean singleBitPackedRunForByteWidths,
        boolean singleRunLevelsWithoutNulls,
        boolean alwaysCompressedV2,
        boolean int96AsParquetMr)
        implements Serializable {
    static WriterDialect of(String createdBy, WriterVersion version) {
        boolean fastparquet = createdBy.contains("fastparquet");
        boolean oldCpp = version.application().equals("parquet-cpp") && version.isUnknownOrBefore(2, 0, 0);
        return new WriterDialect(fastparquet, fastparquet, oldCpp, createdBy.startsWith("parquet-mr"));
    }

    /** Whether nothing is assumed that the specification does not say about pages. */
    public boolean isPlain() {
        return !singleBitPackedRunForByteWidths && !singleRunLevelsWithoutNulls && !alwaysCompressedV2;
    }
}
