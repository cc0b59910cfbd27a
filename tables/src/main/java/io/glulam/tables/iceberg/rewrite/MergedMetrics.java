package io.glulam.tables.iceberg.rewrite;

import io.glulam.ShapedReport;
import io.glulam.ShapedReport.ColumnFacts;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.BinaryUtil;
import org.apache.iceberg.util.UnicodeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Merges the metrics of an output's sources, one after the other, so that none has to be held. What the sources say is
 * believed only where it agrees with what core counted in the output. Not thread-safe.
 */
final class MergedMetrics {
    private static final int DATE_BYTES = 4;
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private final Map<Integer, Column> columns = new HashMap<>();
    private int sources;

    MergedMetrics(Schema schema, MetricsConfig config) {
        for (Types.NestedField field : TypeUtil.indexById(schema.asStruct()).values()) {
            // By its name, because Iceberg 1.11, which Spark 4.0 has, does not know modes by ids.
            MetricsModes.MetricsMode mode = config.columnMode(schema.findColumnName(field.fieldId()));
            if (field.type().isPrimitiveType() && mode != MetricsModes.None.get()) {
                columns.put(field.fieldId(), new Column(field.type().asPrimitiveType(), mode));
            }
        }
    }

    /** Adds the metrics of a source. */
    void add(DataFile file) {
        sources++;
        columns.forEach((id, column) -> column.add(
                get(file.valueCounts(), id),
                get(file.nullValueCounts(), id),
                get(file.nanValueCounts(), id),
                get(file.lowerBounds(), id),
                get(file.upperBounds(), id)));
    }

    int sources() {
        return sources;
    }

    private static <T> @Nullable T get(@Nullable Map<Integer, T> map, int id) {
        return map == null ? null : map.get(id);
    }

    /**
     * Returns the metrics of the output.
     *
     * @param rows of the output
     * @param facts what core counted in its columns
     * @param rowsDeleted whether rows of the sources are deleted
     */
    Metrics merged(long rows, List<ColumnFacts> facts, boolean rowsDeleted) {
        Map<Integer, Long> sizes = new HashMap<>();
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, Long> notNumbers = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        for (ColumnFacts fact : facts) {
            Integer id = fact.fieldId();
            Column column = id == null ? null : columns.get(id);
            if (id == null || column == null) {
                continue;
            }
            sizes.put(id, fact.compressedBytes());
            values.put(id, fact.values());
            Totals totals = rowsDeleted ? withoutRows(column, fact) : column.totals(fact);
            put(nulls, id, totals.nulls());
            put(notNumbers, id, totals.notNumbers());
            put(lower, id, bound(column, totals.lower(), true));
            put(upper, id, bound(column, totals.upper(), false));
        }
        return new Metrics(rows, sizes, values, nulls, notNumbers, lower, upper);
    }

    private static <T> void put(Map<Integer, T> map, int id, @Nullable T value) {
        if (value != null) {
            map.put(id, value);
        }
    }

    /** Cuts a bound to the mode that the table asks for; null if it asks for none, or the bound cannot be cut. */
    private static @Nullable ByteBuffer bound(Column column, @Nullable Object value, boolean isLower) {
        Type.PrimitiveType type = column.type;
        MetricsModes.MetricsMode mode = column.mode;
        if (value == null || mode == MetricsModes.Counts.get() || mode == MetricsModes.None.get()) {
            return null;
        }
        Object cut = value;
        if (mode instanceof MetricsModes.Truncate truncate) {
            if (type.typeId() == Type.TypeID.STRING) {
                String text = value.toString();
                cut = isLower
                        ? UnicodeUtil.truncateStringMin(text, truncate.length())
                        : UnicodeUtil.truncateStringMax(text, truncate.length());
            } else if (type.typeId() == Type.TypeID.BINARY) {
                ByteBuffer bytes = (ByteBuffer) value;
                cut = isLower
                        ? BinaryUtil.truncateBinaryMin(bytes, truncate.length())
                        : BinaryUtil.truncateBinaryMax(bytes, truncate.length());
            }
        }
        return cut == null ? null : Conversions.toByteBuffer(type, cut);
    }

    /**
     * What is known of a column of which rows are deleted. Engines answer {@code min} and {@code max} from bounds unless they
     * are cut: so bounds come from the output's values, and those of the sources, which may be wider, only where they are cut.
     */
    private Totals withoutRows(Column column, ColumnFacts fact) {
        boolean complete = column.sourcesWithCounts == sources;
        Long nulls = fact.nulls() >= 0
                ? Long.valueOf(fact.nulls())
                : complete && column.nullsKnown && column.nulls == 0 ? Long.valueOf(0) : null;
        Long notNumbers = column.floating && complete && column.notNumbersKnown && column.notNumbers == 0
                ? Long.valueOf(0)
                : null;
        Type.TypeID type = column.type.typeId();
        if (type == Type.TypeID.STRING || type == Type.TypeID.BINARY) {
            boolean cut = column.mode instanceof MetricsModes.Truncate;
            boolean known = cut && complete && !column.broken;
            return new Totals(
                    nulls,
                    notNumbers,
                    known && column.lowerKnown ? column.lower : null,
                    known && column.upperKnown ? column.upper : null);
        }
        ShapedReport.Bounds bounds = fact.bounds();
        return new Totals(
                nulls,
                notNumbers,
                bounds == null ? null : PlainValue.of(column.type, bounds.min()),
                bounds == null ? null : PlainValue.of(column.type, bounds.max()));
    }

    /** What is known of an output's column; null for what is not. */
    private record Totals(
            @Nullable Long nulls,
            @Nullable Long notNumbers,
            @Nullable Object lower,
            @Nullable Object upper) {}

    /** The sum of the sources for a column. */
    private static final class Column {
        private final Type.PrimitiveType type;
        private final MetricsModes.MetricsMode mode;
        private final Comparator<Object> order;
        private final boolean floating;

        /** Sums over the sources that have counts; the others lack the column, or have no metrics of it. */
        private long values;

        private int sourcesWithCounts;

        private long nulls;
        private long notNumbers;
        private boolean nullsKnown = true;
        private boolean notNumbersKnown = true;
        private boolean lowerKnown;
        private boolean upperKnown;
        private boolean broken;
        private @Nullable Object lower;
        private @Nullable Object upper;

        Column(Type.PrimitiveType type, MetricsModes.MetricsMode mode) {
            this.type = type;
            this.mode = mode;
            // Geometries have no order; bounds of a manifest that are bounding boxes are left out.
            boolean ordered = type.typeId() != Type.TypeID.GEOMETRY && type.typeId() != Type.TypeID.GEOGRAPHY;
            this.order = ordered ? Comparators.forType(type) : (unused1, unused2) -> 0;
            this.lowerKnown = ordered;
            this.upperKnown = ordered;
            this.floating = type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
        }

        void add(
                @Nullable Long count,
                @Nullable Long nullCount,
                @Nullable Long notNumberCount,
                @Nullable ByteBuffer low,
                @Nullable ByteBuffer high) {
            if (count == null) {
                return; // What core counted tells whether this source has values.
            }
            long unbounded = (nullCount == null ? 0 : nullCount) + (notNumberCount == null ? 0 : notNumberCount);
            broken |= count < 0 || unbounded < 0 || unbounded > count;
            values += count;
            sourcesWithCounts++;
            nullsKnown &= nullCount != null;
            nulls += nullCount == null ? 0 : nullCount;
            notNumbersKnown &= notNumberCount != null || nullCount != null && nullCount.equals(count);
            notNumbers += notNumberCount == null ? 0 : notNumberCount;
            boolean none = nullCount != null && unbounded == count;
            lower = extended(lower, low, none, true);
            upper = extended(upper, high, none, false);
        }

        private @Nullable Object extended(
                @Nullable Object known, @Nullable ByteBuffer bytes, boolean none, boolean isLower) {
            Object bound = bytes == null ? null : decoded(bytes);
            if (bound == null) {
                if (!none) {
                    forget(isLower);
                }
                return known;
            }
            if (known == null) {
                return bound;
            }
            int compared = order.compare(bound, known);
            return isLower == compared < 0 ? bound : known;
        }

        private void forget(boolean isLower) {
            lowerKnown &= !isLower;
            upperKnown &= isLower;
        }

        /** A bound has the type that the column had when it was written, which can be narrower. */
        private @Nullable Object decoded(ByteBuffer bytes) {
            try {
                Object value;
                boolean days = bytes.remaining() == DATE_BYTES;
                if (days && type.typeId() == Type.TypeID.TIMESTAMP) {
                    value = MICROS_A_DAY * (int) Conversions.<Integer>fromByteBuffer(Types.DateType.get(), copy(bytes));
                } else if (days && type.typeId() == Type.TypeID.TIMESTAMP_NANO) {
                    int day = Conversions.<Integer>fromByteBuffer(Types.DateType.get(), copy(bytes));
                    value = Math.multiplyExact(MICROS_A_DAY * 1000, (long) day);
                } else {
                    value = Conversions.fromByteBuffer(type, copy(bytes));
                }
                return isNumber(value) ? value : null;
            } catch (RuntimeException e) {
                return null; // A bound that cannot be read is none.
            }
        }

        /** Iceberg's conversions hand out the buffer itself for binary values, which a manifest's reader reuses. */
        private static ByteBuffer copy(ByteBuffer bytes) {
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
            copy.put(bytes.duplicate()).flip();
            return copy.order(java.nio.ByteOrder.LITTLE_ENDIAN);
        }

        private static boolean isNumber(@Nullable Object value) {
            return value != null
                    && !(value instanceof Float number && number.isNaN())
                    && !(value instanceof Double other && other.isNaN());
        }

        Totals totals(ColumnFacts fact) {
            Long counted = fact.nulls() < 0 ? null : fact.nulls();
            long others = fact.values() - values; // Values of sources that say nothing of the column.
            boolean all = others == 0;
            if (broken || others < 0 || all && nullsKnown && counted != null && counted != nulls) {
                return new Totals(counted, null, null, null); // The sources contradict themselves or the output.
            }
            boolean othersAreNull = all || nullsKnown && counted != null && counted - nulls == others;
            Long nullTotal = counted != null ? counted : all && nullsKnown ? Long.valueOf(nulls) : null;
            if (!othersAreNull) {
                return new Totals(nullTotal, null, null, null);
            }
            return new Totals(
                    nullTotal,
                    floating && notNumbersKnown ? notNumbers : null,
                    lowerKnown ? lower : null,
                    upperKnown ? upper : null);
        }
    }
}
