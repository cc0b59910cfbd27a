package io.glulam.arrow;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** Forms of leaves whose values are numbers in Parquet: BOOLEAN, INT32, INT64, FLOAT, DOUBLE. */
final class NumberForms {
    private NumberForms() {}

    static LeafForm bool() {
        return new LeafForm(ArrowType.Bool.INSTANCE, 1, vector -> {
            FixedSlots slots = new FixedSlots(vector);
            return (index, value) -> {
                ArrowBuf bits = slots.open(index);
                if (value.bits() != 0) {
                    BitVectorHelper.setBit(bits, index);
                }
            };
        });
    }

    /** Integers of fewer bits than Parquet stores: a value that does not fit is refused. */
    static LeafForm integer(int bitWidth, boolean signed) {
        ArrowType type = new ArrowType.Int(bitWidth, signed);
        long least = signed ? -1L << (bitWidth - 1) : 0;
        long most = signed ? (1L << (bitWidth - 1)) - 1 : (1L << bitWidth) - 1;
        return switch (bitWidth) {
            case 8, 16 ->
                new LeafForm(type, bitWidth / 8, vector -> {
                    FixedSlots slots = new FixedSlots(vector);
                    return (index, value) -> {
                        long number = value.bits();
                        if (number < least || number > most) {
                            throw outside(number, bitWidth, signed);
                        }
                        ArrowBuf values = slots.open(index);
                        if (bitWidth == 8) {
                            values.setByte(index, (byte) number);
                        } else {
                            values.setShort(2L * index, (short) number);
                        }
                    };
                });
            case 32 -> of32Bits(type);
            default -> of64Bits(type);
        };
    }

    private static Unsupported outside(long number, int bitWidth, boolean signed) {
        return new Unsupported(
                Place.UNKNOWN,
                "the value " + number + " is not in its type " + (signed ? "" : "U") + "INT_" + bitWidth,
                "other formats print it");
    }

    static LeafForm float32() {
        return of32Bits(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
    }

    static LeafForm float64() {
        return of64Bits(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
    }

    /** Returns the values that have the same bits in Arrow as an INT32 or FLOAT. */
    static LeafForm of32Bits(ArrowType type) {
        return new LeafForm(type, Integer.BYTES, vector -> {
            FixedSlots slots = new FixedSlots(vector);
            return (index, value) -> slots.open(index).setInt((long) Integer.BYTES * index, (int) value.bits());
        });
    }

    /** Returns the values that have the same bits in Arrow as an INT64 or DOUBLE. */
    static LeafForm of64Bits(ArrowType type) {
        return new LeafForm(type, Long.BYTES, vector -> {
            FixedSlots slots = new FixedSlots(vector);
            return (index, value) -> slots.open(index).setLong((long) Long.BYTES * index, value.bits());
        });
    }

    /** Decimals that are stored as an INT32 or INT64. */
    static LeafForm decimal(ArrowType.Decimal type) {
        int width = type.getBitWidth() / 8;
        return new LeafForm(type, width, vector -> {
            FixedSlots slots = new FixedSlots(vector);
            return (index, value) -> {
                long number = value.bits();
                ArrowBuf values = slots.open(index);
                long at = (long) width * index;
                values.setLong(at, number);
                for (int i = Long.BYTES; i < width; i += Long.BYTES) {
                    values.setLong(at + i, number >> 63);
                }
            };
        });
    }
}
