package io.glulam.testkit.lint;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;

/** How the values of a column compare, on raw bytes as in statistics. Zeros are equal, except in the total order. */
public enum ValueOrder {
    SIGNED_32(4) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            return Integer.compare(little(a).getInt(), little(b).getInt());
        }
    },
    UNSIGNED_32(4) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            return Integer.compareUnsigned(little(a).getInt(), little(b).getInt());
        }
    },
    SIGNED_64(8) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            return Long.compare(little(a).getLong(), little(b).getLong());
        }
    },
    UNSIGNED_64(8) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            return Long.compareUnsigned(little(a).getLong(), little(b).getLong());
        }
    },
    BOOLEAN(1) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            return Byte.compare(a[0], b[0]);
        }
    },
    FLOATING(-1) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            double left = floating(a);
            double right = floating(b);
            return left < right ? -1 : left > right ? 1 : 0;
        }
    },
    FLOATING_TOTAL(-1) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            return Long.compare(totalOrderKey(a), totalOrderKey(b));
        }
    },
    UNSIGNED_BYTES(-1) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            return Arrays.compareUnsigned(a, b);
        }
    },
    DECIMAL_BYTES(-1) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            return decimal(a).compareTo(decimal(b));
        }
    },
    /** No order is defined: bounds mean nothing. */
    NONE(-1) {
        @Override
        int compareChecked(byte[] a, byte[] b) {
            throw new IllegalStateException("no order");
        }
    };

    private final int width;

    ValueOrder(int width) {
        this.width = width;
    }

    abstract int compareChecked(byte[] a, byte[] b);

    /** The column's order; {@code declared} may be null for files without column orders. */
    public static ValueOrder of(SchemaElement leaf, ColumnOrder declared) {
        boolean total = declared != null && declared.isSetIEEE_754_TOTAL_ORDER();
        if (declared != null && !total && !declared.isSetTYPE_ORDER()) {
            return NONE;
        }
        LogicalType logical = leaf.getLogicalType();
        if (leaf.isSetLogicalType() && logical.getSetField() == null || hasNoOrder(leaf)) {
            return NONE;
        }
        boolean decimal =
                logical != null && logical.isSetDECIMAL() || leaf.getConverted_type() == ConvertedType.DECIMAL;
        boolean float16 = logical != null && logical.isSetFLOAT16();
        return switch (leaf.getType()) {
            case BOOLEAN -> BOOLEAN;
            case INT32 -> isUnsigned(leaf) ? UNSIGNED_32 : SIGNED_32;
            case INT64 -> isUnsigned(leaf) ? UNSIGNED_64 : SIGNED_64;
            case INT96 -> NONE;
            case FLOAT, DOUBLE -> total ? FLOATING_TOTAL : FLOATING;
            case BYTE_ARRAY -> decimal ? DECIMAL_BYTES : UNSIGNED_BYTES;
            case FIXED_LEN_BYTE_ARRAY -> {
                if (float16) {
                    yield total ? FLOATING_TOTAL : FLOATING;
                }
                yield decimal ? DECIMAL_BYTES : UNSIGNED_BYTES;
            }
        };
    }

    private static boolean hasNoOrder(SchemaElement leaf) {
        LogicalType logical = leaf.getLogicalType();
        boolean byLogicalType = logical != null
                && (logical.isSetGEOMETRY()
                        || logical.isSetGEOGRAPHY()
                        || logical.isSetVARIANT()
                        || logical.isSetUNKNOWN());
        return byLogicalType || leaf.getConverted_type() == ConvertedType.INTERVAL;
    }

    private static boolean isUnsigned(SchemaElement leaf) {
        if (leaf.getLogicalType() != null && leaf.getLogicalType().isSetINTEGER()) {
            return !leaf.getLogicalType().getINTEGER().isIsSigned();
        }
        return leaf.getConverted_type() != null
                && List.of(ConvertedType.UINT_8, ConvertedType.UINT_16, ConvertedType.UINT_32, ConvertedType.UINT_64)
                        .contains(leaf.getConverted_type());
    }

    /** Whether the deprecated min and max, which are always signed, follow this order too. */
    public boolean isSigned() {
        return this == SIGNED_32 || this == SIGNED_64 || this == FLOATING || this == BOOLEAN;
    }

    public boolean isFloating() {
        return this == FLOATING || this == FLOATING_TOTAL;
    }

    /** Whether a bound has the length that the type asks for. */
    public boolean accepts(byte[] bound, SchemaElement leaf) {
        if (width >= 0) {
            return bound.length == width;
        }
        if (!isFloating()) {
            return true;
        }
        return bound.length == (leaf.getType() == Type.FLOAT ? 4 : leaf.getType() == Type.DOUBLE ? 8 : 2);
    }

    public int compare(byte[] a, byte[] b) {
        return compareChecked(a, b);
    }

    /** As {@link #compare}, but −0 is less than +0. */
    public int compareZeros(byte[] a, byte[] b) {
        int result = compareChecked(a, b);
        return result == 0 && this == FLOATING
                ? Integer.compare(b[b.length - 1] & 0x80, a[a.length - 1] & 0x80)
                : result;
    }

    /** Whether a value of floating point is zero, of either sign. */
    public boolean isZero(byte[] value) {
        return this == FLOATING && floating(value) == 0;
    }

    public boolean isNaN(byte[] value) {
        return isFloating() && Double.isNaN(floating(value));
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static BigInteger decimal(byte[] bytes) {
        return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
    }

    private static double floating(byte[] bytes) {
        return switch (bytes.length) {
            case 2 -> half(little(bytes).getShort());
            case 4 -> little(bytes).getFloat();
            default -> little(bytes).getDouble();
        };
    }

    private static double half(short bits) {
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0) {
            magnitude = fraction * 0x1p-24;
        } else if (exponent == 31) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            magnitude = (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    private static long totalOrderKey(byte[] bytes) {
        long bits = switch (bytes.length) {
            case 2 -> little(bytes).getShort();
            case 4 -> little(bytes).getInt();
            default -> little(bytes).getLong();
        };
        // Negative numbers are ordered by falling magnitude bits.
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }
}
