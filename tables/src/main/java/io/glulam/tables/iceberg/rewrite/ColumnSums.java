package io.glulam.tables.iceberg.rewrite;

import io.glulam.ShapedReport;
import io.glulam.ShapedReport.ColumnFacts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.types.Comparators;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The sum of what sources say of a column. Counts are summed over the sources that have some; the others lack the column, or have
 * no metrics of it. Not thread-safe.
 */
final class ColumnSums {
    private static final int DATE_BYTES = 4;
    private static final long MICROS_A_DAY = 86_400_000_000L;

    private final Type.PrimitiveType type;
    private final MetricsModes.MetricsMode mode;
    private final Comparator<Object> order;
    private final boolean floating;

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

    ColumnSums(Type.PrimitiveType type, MetricsModes.MetricsMode mode) {
        this.type = type;
        this.mode = mode;
        // Geometries have no order; bounds of a manifest that are bounding boxes are left out.
        boolean ordered = type.typeId() != Type.TypeID.GEOMETRY && type.typeId() != Type.TypeID.GEOGRAPHY;
        this.order = ordered ? Comparators.forType(type) : (unused1, unused2) -> 0;
        this.lowerKnown = ordered;
        this.upperKnown = ordered;
        this.floating = type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
    }

    Type.PrimitiveType type() {
        return type;
    }

    MetricsModes.MetricsMode mode() {
        return mode;
    }

    /** Adds what a source says; null for what it does not. */
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
        if (bound == null && !none) {
            forget(isLower);
        }
        return outer(known, bound, isLower);
    }

    /** The lower or the higher of two bounds; null stands for none. */
    private @Nullable Object outer(@Nullable Object one, @Nullable Object other, boolean isLower) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        int compared = order.compare(other, one);
        return isLower == compared < 0 ? other : one;
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
        return copy.order(ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean isNumber(@Nullable Object value) {
        return value != null
                && !(value instanceof Float number && number.isNaN())
                && !(value instanceof Double other && other.isNaN());
    }

    /** Writes the sums down; bounds in the column's type. */
    void write(DataOutput out) throws IOException {
        out.writeLong(values);
        out.writeInt(sourcesWithCounts);
        out.writeLong(nulls);
        out.writeLong(notNumbers);
        out.writeBoolean(nullsKnown);
        out.writeBoolean(notNumbersKnown);
        out.writeBoolean(broken);
        out.writeBoolean(lowerKnown);
        out.writeBoolean(upperKnown);
        write(out, lowerKnown ? lower : null);
        write(out, upperKnown ? upper : null);
    }

    private void write(DataOutput out, @Nullable Object bound) throws IOException {
        if (bound == null) {
            out.writeInt(-1);
            return;
        }
        ByteBuffer bytes = Conversions.toByteBuffer(type, bound);
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        out.writeInt(copy.length);
        out.write(copy);
    }

    /** Adds sums that {@link #write} wrote. */
    void add(DataInput in) throws IOException {
        values += in.readLong();
        sourcesWithCounts += in.readInt();
        nulls += in.readLong();
        notNumbers += in.readLong();
        nullsKnown &= in.readBoolean();
        notNumbersKnown &= in.readBoolean();
        broken |= in.readBoolean();
        lowerKnown &= in.readBoolean();
        upperKnown &= in.readBoolean();
        lower = outer(lower, read(in), true);
        upper = outer(upper, read(in), false);
    }

    private @Nullable Object read(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return Conversions.fromByteBuffer(type, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    }

    /** The facts of an output's column; null for those that are not known. */
    record Totals(
            @Nullable Long nulls,
            @Nullable Long notNumbers,
            @Nullable Object lower,
            @Nullable Object upper) {}

    /** Returns what is known of an output whose sources lost no rows. */
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

    /**
     * Returns the facts of a column of which rows are deleted. Engines answer {@code min} and {@code max} from bounds unless they
     * are cut: so bounds come from the output's values, and those of the sources, which may be wider, only where they are cut.
     *
     * @param sources of the output, also those that say nothing of the column
     */
    Totals totalsWithoutRows(ColumnFacts fact, int sources) {
        boolean complete = sourcesWithCounts == sources;
        Long nullTotal = fact.nulls() >= 0
                ? Long.valueOf(fact.nulls())
                : complete && nullsKnown && nulls == 0 ? Long.valueOf(0) : null;
        Long notNumberTotal = floating && complete && notNumbersKnown && notNumbers == 0 ? Long.valueOf(0) : null;
        if (type.typeId() == Type.TypeID.STRING || type.typeId() == Type.TypeID.BINARY) {
            boolean cut = mode instanceof MetricsModes.Truncate;
            boolean known = cut && complete && !broken;
            return new Totals(
                    nullTotal, notNumberTotal, known && lowerKnown ? lower : null, known && upperKnown ? upper : null);
        }
        ShapedReport.Bounds bounds = fact.bounds();
        return new Totals(
                nullTotal,
                notNumberTotal,
                bounds == null ? null : PlainValue.of(type, bounds.min()),
                bounds == null ? null : PlainValue.of(type, bounds.max()));
    }
}
