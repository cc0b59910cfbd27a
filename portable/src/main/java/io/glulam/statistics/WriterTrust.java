package io.glulam.statistics;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.Statistics;
import java.io.Serializable;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The trust in a file's writer by its {@code created_by}: who it is, which known faults it has, and what readers take
 * for granted in its pages. When in doubt, a writer is not trusted. Immutable.
 *
 * @param createdBy as the footer has it; null if absent
 * @param family who wrote the file
 * @param faults what cannot be trusted
 * @param dialect what readers assume of pages under this {@code created_by}
 * @param columnOrdersDeclared whether the footer has {@code column_orders}
 */
public record WriterTrust(
        @Nullable String createdBy,
        WriterFamily family,
        Set<WriterFault> faults,
        WriterDialect dialect,
        boolean columnOrdersDeclared)
        implements Serializable {
    /** The last judgment: a merge asks for the same writer of each of its files. */
    private static final AtomicReference<WriterTrust> LAST = new AtomicReference<>(judged(null, true));

    /** Judges the {@code created_by}, null or empty if there is none, of a footer that has {@code column_orders}. */
    public static WriterTrust of(@Nullable String createdBy) {
        return of(createdBy, true);
    }

    /** Judges a {@code created_by}; null or empty if the footer has none. */
    public static WriterTrust of(@Nullable String createdBy, boolean columnOrdersDeclared) {
        WriterTrust known = Objects.requireNonNull(LAST.get());
        if (!Objects.equals(known.createdBy, createdBy)) {
            known = judged(createdBy, columnOrdersDeclared);
            if (createdBy == null || createdBy.length() <= WriterVersion.MAX_LENGTH) {
                LAST.set(known);
            }
        }
        return known.columnOrdersDeclared == columnOrdersDeclared
                ? known
                : new WriterTrust(createdBy, known.family, known.faults, known.dialect, columnOrdersDeclared);
    }

    private static WriterTrust judged(@Nullable String createdBy, boolean columnOrdersDeclared) {
        WriterVersion version = WriterVersion.parse(createdBy == null ? "" : createdBy);
        WriterFamily family = WriterFamily.of(createdBy == null ? "" : createdBy, version.application());
        return new WriterTrust(
                createdBy,
                family,
                Set.copyOf(WriterFaults.of(family, version)),
                WriterDialect.of(createdBy == null ? "" : createdBy, version),
                columnOrdersDeclared);
    }

    /**
     * Whether the bounds that this writer stated for a column, in {@code min_value} and {@code max_value} or a column
     * index, are what the column's order means. Without {@code column_orders} these bounds are undefined: they are trusted
     * where signed order leaves no choice, and of DuckDB, which wrote them in the type-defined order for years without
     * declaring it.
     */
    public boolean trustsBounds(Leaf leaf) {
        boolean orderKnown = columnOrdersDeclared || ValueOrder.of(leaf).isSigned() || family == WriterFamily.DUCKDB;
        return orderKnown && comparesRightly(leaf);
    }

    /** Whether nothing that this tells differs from what {@code other} tells, whatever their names. */
    public boolean isLike(WriterTrust other) {
        return family == other.family
                && faults.equals(other.faults)
                && dialect.equals(other.dialect)
                && columnOrdersDeclared == other.columnOrdersDeclared;
    }

    /** Whether the deprecated {@code min} and {@code max} of a column can be trusted: signed orders only. */
    public boolean trustsDeprecatedBounds(Leaf leaf) {
        return ValueOrder.of(leaf).isSigned() && comparesRightly(leaf);
    }

    private boolean comparesRightly(Leaf leaf) {
        boolean variable = leaf.type() == PhysicalType.BYTE_ARRAY;
        if ((variable || leaf.type() == PhysicalType.FIXED_LEN_BYTE_ARRAY)
                && faults.contains(WriterFault.BINARY_BOUNDS)) {
            return false;
        }
        WriterFault fault = switch (leaf.order()) {
            case DECIMAL_BINARY -> variable ? WriterFault.VARIABLE_DECIMAL_BOUNDS : WriterFault.FIXED_DECIMAL_BOUNDS;
            case INT32_UNSIGNED, INT64_UNSIGNED -> WriterFault.UNSIGNED_BOUNDS;
            case FLOAT16, FLOAT16_TOTAL -> WriterFault.FLOAT16_BOUNDS;
            case INT32_SIGNED -> leaf.isDecimal() ? WriterFault.INT32_DECIMAL_BOUNDS : null;
            default -> null;
        };
        return fault == null || !faults.contains(fault);
    }

    /**
     * A chunk's statistics as this writer meant them: without a null count that it is known to get wrong, and with one
     * of 0 where it is known to leave that out.
     *
     * @param pages data pages of the chunk
     */
    public @Nullable Statistics meant(@Nullable Statistics statistics, int pages) {
        if (statistics == null) {
            return null;
        }
        if (pages > 1 && statistics.nullCount() > 0 && faults.contains(WriterFault.MULTIPLIED_NULL_COUNTS)) {
            return statistics.withNullCount(-1);
        }
        return statistics.nullCount() < 0 && faults.contains(WriterFault.ABSENT_NULL_COUNT_OF_ZERO)
                ? statistics.withNullCount(0)
                : statistics;
    }

    /**
     * Whether a page of that encoding stands for itself, so that its neighbours may change.
     *
     * @param encoding Thrift value of {@code Encoding}
     */
    public boolean trustsPagesOf(int encoding) {
        return encoding != Encoding.DELTA_BYTE_ARRAY.value() || !faults.contains(WriterFault.DELTA_BYTE_ARRAY_PAGES);
    }

    /** Whether distinct counts are those of values: DuckDB states how many entries the dictionary has, used or not. */
    boolean trustsDistinctCounts() {
        return family != WriterFamily.DUCKDB;
    }

    /** Whether a chunk's size includes all of its pages; if not, walk them by the number of values. */
    public boolean trustsChunkSizes() {
        return !faults.contains(WriterFault.CHUNK_SIZES);
    }

    /**
     * Whether the field ids of the schema, if there are any, are those of a table. Versions of parquet-cpp before 7.0
     * number the fields of each file by themselves.
     */
    public boolean numbersFieldsByTable() {
        WriterVersion version = WriterVersion.parse(createdBy == null ? "" : createdBy);
        return !version.application().startsWith("parquet-cpp") || !version.isUnknownOrBefore(7, 0, 0);
    }
}
