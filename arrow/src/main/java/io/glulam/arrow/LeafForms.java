package io.glulam.arrow;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.ConvertedType;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.SchemaNode;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/**
 * Which type of Arrow a leaf's type of Parquet becomes: the one that Arrow's own readers give it, except that an INTERVAL
 * becomes Arrow's interval. A logical type that does not go with the physical one, or that this version does not know, says
 * nothing, as in Arrow's readers.
 */
final class LeafForms {
    /** Digits that 128 bits hold, and 256. */
    private static final int DIGITS_OF_128 = 38;

    private static final int DIGITS_OF_256 = 76;
    private static final int INTERVAL_LENGTH = 12;

    private LeafForms() {}

    /**
     * Returns the form of a leaf.
     *
     * @throws Unsupported for a decimal of a precision that Arrow lacks
     */
    static LeafForm of(SchemaNode leaf) {
        PhysicalType physical = leaf.type();
        if (physical == null) {
            throw new IllegalArgumentException(leaf.name() + " is a group");
        }
        if (isInterval(leaf)) {
            return BytesForms.interval();
        }
        LogicalType meaning = leaf.meaning();
        if (meaning != null && meaning.id() == LogicalType.UNKNOWN) {
            return nothing();
        }
        return switch (physical) {
            case BOOLEAN -> NumberForms.bool();
            case INT32 -> ofInt32(leaf, meaning);
            case INT64 -> ofInt64(leaf, meaning);
            case INT96 -> BytesForms.int96();
            case FLOAT -> NumberForms.float32();
            case DOUBLE -> NumberForms.float64();
            case BYTE_ARRAY -> ofByteArray(leaf, meaning);
            case FIXED_LEN_BYTE_ARRAY -> ofFixed(leaf, meaning);
        };
    }

    /**
     * Returns whether a leaf is an INTERVAL, which has no logical type: parquet-java writes UNKNOWN beside its
     * converted type.
     */
    private static boolean isInterval(SchemaNode leaf) {
        return ConvertedType.of(leaf.convertedType()) == ConvertedType.INTERVAL
                && leaf.typeLength() == INTERVAL_LENGTH
                && (leaf.logicalType() == null || leaf.logicalType().id() == LogicalType.UNKNOWN);
    }

    /** Returns a column of nulls, whatever its physical type. */
    private static LeafForm nothing() {
        return new LeafForm(ArrowType.Null.INSTANCE, 0, vector -> (index, value) -> {
            throw new Unsupported(
                    Place.UNKNOWN, "a value in a column whose type has only nulls", "other formats print it");
        });
    }

    private static int id(@Nullable LogicalType meaning) {
        return meaning == null ? 0 : meaning.id();
    }

    private static LeafForm ofInt32(SchemaNode leaf, @Nullable LogicalType meaning) {
        LeafForm plain = NumberForms.integer(Integer.SIZE, true);
        if (meaning == null) {
            return plain;
        }
        return switch (meaning.id()) {
            case LogicalType.DATE -> NumberForms.of32Bits(new ArrowType.Date(DateUnit.DAY));
            case LogicalType.TIME ->
                meaning.unit() == 1
                        ? NumberForms.of32Bits(new ArrowType.Time(TimeUnit.MILLISECOND, Integer.SIZE))
                        : plain;
            case LogicalType.INTEGER ->
                meaning.bitWidth() == 8 || meaning.bitWidth() == 16 || meaning.bitWidth() == 32
                        ? NumberForms.integer(meaning.bitWidth(), meaning.signed())
                        : plain;
            case LogicalType.DECIMAL -> NumberForms.decimal(decimal(leaf, meaning));
            default -> plain;
        };
    }

    private static LeafForm ofInt64(SchemaNode leaf, @Nullable LogicalType meaning) {
        LeafForm plain = NumberForms.integer(Long.SIZE, true);
        if (meaning == null) {
            return plain;
        }
        return switch (meaning.id()) {
            case LogicalType.TIME ->
                meaning.unit() == 2 || meaning.unit() == 3
                        ? NumberForms.of64Bits(new ArrowType.Time(unit(meaning.unit()), Long.SIZE))
                        : plain;
            case LogicalType.TIMESTAMP ->
                meaning.unit() >= 1 && meaning.unit() <= 3
                        ? NumberForms.of64Bits(
                                new ArrowType.Timestamp(unit(meaning.unit()), meaning.adjustedToUtc() ? "UTC" : null))
                        : plain;
            case LogicalType.INTEGER ->
                meaning.bitWidth() == 64 ? NumberForms.integer(Long.SIZE, meaning.signed()) : plain;
            case LogicalType.DECIMAL -> NumberForms.decimal(decimal(leaf, meaning));
            default -> plain;
        };
    }

    private static TimeUnit unit(int unit) {
        return switch (unit) {
            case 1 -> TimeUnit.MILLISECOND;
            case 2 -> TimeUnit.MICROSECOND;
            default -> TimeUnit.NANOSECOND;
        };
    }

    private static LeafForm ofByteArray(SchemaNode leaf, @Nullable LogicalType meaning) {
        return switch (id(meaning)) {
            case LogicalType.STRING, LogicalType.JSON -> BytesForms.text();
            case LogicalType.DECIMAL -> BytesForms.decimal(decimal(leaf, meaning));
            default -> BytesForms.binary();
        };
    }

    private static LeafForm ofFixed(SchemaNode leaf, @Nullable LogicalType meaning) {
        int length = leaf.typeLength();
        if (id(meaning) == LogicalType.DECIMAL) {
            return BytesForms.decimal(decimal(leaf, meaning));
        }
        if (id(meaning) == LogicalType.FLOAT16 && length == Short.BYTES) {
            return BytesForms.float16();
        }
        return BytesForms.fixed(length);
    }

    private static ArrowType.Decimal decimal(SchemaNode leaf, @Nullable LogicalType meaning) {
        int precision = meaning == null ? 0 : meaning.precision();
        if (meaning == null || precision < 1 || precision > DIGITS_OF_256) {
            throw new Unsupported(
                    new Place(null, -1, leaf.name(), -1),
                    "a decimal of " + precision + " digits; Arrow's have 1 to " + DIGITS_OF_256,
                    "choose other columns, or another format");
        }
        return new ArrowType.Decimal(precision, meaning.scale(), precision <= DIGITS_OF_128 ? 128 : 256);
    }
}
