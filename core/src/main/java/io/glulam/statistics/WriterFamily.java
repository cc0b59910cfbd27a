package io.glulam.statistics;

/** Which code base a file says that it was written by, as far as readers or we care. */
public enum WriterFamily {
    /** {@code parquet-mr}: Apache Parquet Java and what embeds it (Spark, Hive, Iceberg). */
    PARQUET_MR,
    /** {@code parquet-cpp} before it moved into Arrow. */
    PARQUET_CPP,
    /** {@code parquet-cpp-arrow}, {@code parquet-cpp-velox}. */
    ARROW_CPP,
    /** {@code parquet-rs} and DataFusion. */
    ARROW_RS,
    /** Everything that contains {@code fastparquet}: its reader asks for no more either. */
    FASTPARQUET,
    DUCKDB,
    POLARS,
    IMPALA,
    TRINO,
    PARQUET_GO,
    /** A name that is none of these. */
    OTHER,
    /** {@code created_by} is absent or empty. */
    UNNAMED
}
