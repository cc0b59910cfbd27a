package io.glulam.statistics;

/** A known fault of a writer: what files with its name in {@code created_by} cannot be trusted with. */
public enum WriterFault {
    /** Min and max of binary columns (PARQUET-251: parquet-mr before 1.8.0, or no name at all). */
    BINARY_BOUNDS,
    /** Min and max of FIXED_LEN_BYTE_ARRAY decimals (PARQUET-1655 and the like: compared byte by byte). */
    FIXED_DECIMAL_BOUNDS,
    /** Min and max of BYTE_ARRAY decimals (as above, or compared without regard to their lengths). */
    VARIABLE_DECIMAL_BOUNDS,
    /** Min and max of FLOAT16 (seen to leave out negative values in lists: parquet-cpp-arrow 24.0.0). */
    FLOAT16_BOUNDS,
    /** Min and max of unsigned integers (compared as signed). */
    UNSIGNED_BOUNDS,
    /** Min and max of INT32 decimals (the bits of a FLOAT: hyparquet-writer #38). */
    INT32_DECIMAL_BOUNDS,
    /** Null counts of chunks of several pages (multiplied by their number: Polars #29321). */
    MULTIPLIED_NULL_COUNTS,
    /** An absent null count stands for none (parquet-rs before 53.1.0, DataFusion before 42.1.0). */
    ABSENT_NULL_COUNT_OF_ZERO,
    /** A DELTA_BYTE_ARRAY page may continue the previous one (PARQUET-246: parquet-mr before 1.8.0, or no name). */
    DELTA_BYTE_ARRAY_PAGES,
    /** A chunk's size may leave out the header of its dictionary page (PARQUET-816: parquet-mr before 1.2.9). */
    CHUNK_SIZES
}
