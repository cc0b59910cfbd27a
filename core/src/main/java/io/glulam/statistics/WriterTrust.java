package io.glulam.statistics;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file's {@code created_by} says about known faults of its writer. When in doubt, a writer is not trusted.
 *
 * @param createdBy as the footer has it; null if absent
 * @param family who wrote the file
 * @param binaryBounds whether min and max of BYTE_ARRAY and FIXED_LEN_BYTE_ARRAY can be trusted (PARQUET-251)
 * @param deltaByteArray whether every DELTA_BYTE_ARRAY page stands for itself (PARQUET-246)
 * @param chunkSizes whether a chunk's size can be trusted to include the dictionary page's header (PARQUET-816)
 * @param dialect what readers assume of pages under this {@code created_by}
 */
public record WriterTrust(
        @Nullable String createdBy,
        WriterFamily family,
        boolean binaryBounds,
        boolean deltaByteArray,
        boolean chunkSizes,
        WriterDialect dialect) {
    private static final Pattern CDH = Pattern.compile("cdh(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?.*");

    /** Judges a {@code created_by}; null or empty if the footer has none. */
    public static WriterTrust of(@Nullable String createdBy) {
        if (createdBy == null || createdBy.isEmpty()) {
            return new WriterTrust(createdBy, WriterFamily.UNNAMED, false, false, true, WriterDialect.of("", null));
        }
        WriterVersion version = WriterVersion.parse(createdBy);
        return new WriterTrust(
                createdBy,
                family(createdBy, version.application()),
                binaryBounds(version),
                deltaByteArray(version),
                !(isParquetMr(version) && version.isBefore(1, 2, 9)),
                WriterDialect.of(createdBy, version));
    }

    /** Whether min and max of a column of {@code type} can be trusted. */
    public boolean trustsBounds(PhysicalType type) {
        return binaryBounds || type != PhysicalType.BYTE_ARRAY && type != PhysicalType.FIXED_LEN_BYTE_ARRAY;
    }

    /**
     * Whether a page of that encoding stands for itself, so that its neighbours may change.
     *
     * @param encoding Thrift value of {@code Encoding}
     */
    public boolean trustsPagesOf(int encoding) {
        return deltaByteArray || encoding != Encoding.DELTA_BYTE_ARRAY.value();
    }

    private static boolean isParquetMr(WriterVersion version) {
        return version.application().equals("parquet-mr");
    }

    private static boolean binaryBounds(WriterVersion version) {
        if (!version.wellFormed()) {
            return false;
        }
        if (!isParquetMr(version)) {
            return true;
        }
        return version.numbers() != null && (!version.isBefore(1, 8, 0) || isCdhBackport(version));
    }

    /** CDH 5.5 and later carry the repair of PARQUET-251 in their 1.5.0. */
    private static boolean isCdhBackport(WriterVersion version) {
        if (!version.isAt(1, 5, 0) || !version.unknown().isEmpty() || version.suffix() == null) {
            return false;
        }
        Matcher cdh = CDH.matcher(version.suffix());
        if (!cdh.matches()) {
            return false;
        }
        int major = Integer.parseInt(cdh.group(1));
        int minor = Integer.parseInt(cdh.group(2));
        return major > 5 || major == 5 && minor >= 5;
    }

    private static boolean deltaByteArray(WriterVersion version) {
        if (!version.wellFormed()) {
            return false;
        }
        return !isParquetMr(version) || version.numbers() != null && !version.isBefore(1, 8, 0);
    }

    private static WriterFamily family(String createdBy, String application) {
        if (createdBy.contains("fastparquet")) {
            return WriterFamily.FASTPARQUET;
        }
        String name = application.toLowerCase(Locale.ROOT);
        if (name.contains("trino")) {
            return WriterFamily.TRINO;
        }
        if (name.startsWith("parquet-mr")) {
            return WriterFamily.PARQUET_MR;
        }
        if (name.equals("parquet-cpp")) {
            return WriterFamily.PARQUET_CPP;
        }
        if (name.startsWith("parquet-cpp-")) {
            return WriterFamily.ARROW_CPP;
        }
        if (name.startsWith("parquet-rs") || name.startsWith("datafusion")) {
            return WriterFamily.ARROW_RS;
        }
        if (name.startsWith("duckdb")) {
            return WriterFamily.DUCKDB;
        }
        if (name.startsWith("polars")) {
            return WriterFamily.POLARS;
        }
        if (name.startsWith("impala")) {
            return WriterFamily.IMPALA;
        }
        return name.contains("parquet-go") ? WriterFamily.PARQUET_GO : WriterFamily.OTHER;
    }
}
