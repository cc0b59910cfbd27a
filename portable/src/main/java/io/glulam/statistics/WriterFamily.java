package io.glulam.statistics;

import java.util.Locale;

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
    /** hyparquet-writer: {@code hyparquet}, without a version. */
    HYPARQUET,
    /** Both libraries of that name. */
    PARQUET_GO,
    /** A name that is none of these. */
    OTHER,
    /** {@code created_by} is absent or empty. */
    UNNAMED;

    /** @param application the part of {@code createdBy} in front of its version */
    static WriterFamily of(String createdBy, String application) {
        if (createdBy.isEmpty()) {
            return UNNAMED;
        }
        if (createdBy.contains("fastparquet")) {
            return FASTPARQUET;
        }
        String name = application.toLowerCase(Locale.ROOT);
        if (name.contains("trino")) {
            return TRINO;
        }
        if (name.contains("parquet-go")) {
            return PARQUET_GO;
        }
        if (name.startsWith("parquet-rs") || name.startsWith("datafusion")) {
            return ARROW_RS;
        }
        if (name.startsWith("parquet-mr")) {
            return PARQUET_MR;
        }
        if (name.startsWith("parquet-cpp-")) {
            return ARROW_CPP;
        }
        return ofWholeName(name);
    }

    private static WriterFamily ofWholeName(String name) {
        return switch (name) {
            case "parquet-cpp" -> PARQUET_CPP;
            case "duckdb" -> DUCKDB;
            case "polars" -> POLARS;
            case "impala" -> IMPALA;
            case "hyparquet" -> HYPARQUET;
            default -> OTHER;
        };
    }
}
