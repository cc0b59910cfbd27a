package io.glulam.statistics;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.ColumnOrder;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** A column of each order: as a leaf of ours, as parquet-java's type, and with values to draw. */
enum OrderedColumn {
    BOOLEAN(SortOrder.BOOLEAN, PhysicalType.BOOLEAN, 0),
    INT32(SortOrder.INT32_SIGNED, PhysicalType.INT32, 0),
    UINT32(SortOrder.INT32_UNSIGNED, PhysicalType.INT32, 0),
    INT64(SortOrder.INT64_SIGNED, PhysicalType.INT64, 0),
    UINT64(SortOrder.INT64_UNSIGNED, PhysicalType.INT64, 0),
    FLOAT(SortOrder.FLOAT, PhysicalType.FLOAT, 0),
    DOUBLE(SortOrder.DOUBLE, PhysicalType.DOUBLE, 0),
    FLOAT16(SortOrder.FLOAT16, PhysicalType.FIXED_LEN_BYTE_ARRAY, 2),
    FLOAT_TOTAL(SortOrder.FLOAT_TOTAL, PhysicalType.FLOAT, 0),
    DOUBLE_TOTAL(SortOrder.DOUBLE_TOTAL, PhysicalType.DOUBLE, 0),
    FLOAT16_TOTAL(SortOrder.FLOAT16_TOTAL, PhysicalType.FIXED_LEN_BYTE_ARRAY, 2),
    STRING(SortOrder.BYTES_UNSIGNED, PhysicalType.BYTE_ARRAY, 0),
    FIXED(SortOrder.BYTES_UNSIGNED, PhysicalType.FIXED_LEN_BYTE_ARRAY, 3),
    FIXED_DECIMAL(SortOrder.DECIMAL_BINARY, PhysicalType.FIXED_LEN_BYTE_ARRAY, 4),
    VARIABLE_DECIMAL(SortOrder.DECIMAL_BINARY, PhysicalType.BYTE_ARRAY, 0);

    final SortOrder order;
    final PhysicalType type;
    final int typeLength;

    OrderedColumn(SortOrder order, PhysicalType type, int typeLength) {
        this.order = order;
        this.type = type;
        this.typeLength = typeLength;
    }

    Leaf leaf() {
        return leaf(0, 1);
    }

    Leaf leaf(int maxRepetitionLevel, int maxDefinitionLevel) {
        return new Leaf(0, List.of("column"), type, typeLength, maxRepetitionLevel, maxDefinitionLevel, order);
    }

    ValueOrder valueOrder() {
        return ValueOrder.of(leaf());
    }

    boolean isFloatingPoint() {
        return valueOrder().isFloatingPoint();
    }

    PrimitiveType parquetType() {
        PrimitiveTypeName name =
                type == PhysicalType.BYTE_ARRAY ? PrimitiveTypeName.BINARY : PrimitiveTypeName.valueOf(type.name());
        Types.PrimitiveBuilder<PrimitiveType> builder = Types.optional(name);
        if (typeLength > 0) {
            builder = builder.length(typeLength);
        }
        LogicalTypeAnnotation logical = logicalType();
        if (logical != null) {
            builder = builder.as(logical);
        }
        if (order.name().endsWith("_TOTAL")) {
            builder = builder.columnOrder(ColumnOrder.ieee754TotalOrder());
        }
        return builder.named("column");
    }

    private LogicalTypeAnnotation logicalType() {
        return switch (this) {
            case UINT32 -> LogicalTypeAnnotation.intType(32, false);
            case UINT64 -> LogicalTypeAnnotation.intType(64, false);
            case FLOAT16, FLOAT16_TOTAL -> LogicalTypeAnnotation.float16Type();
            case STRING -> LogicalTypeAnnotation.stringType();
            case FIXED_DECIMAL, VARIABLE_DECIMAL -> LogicalTypeAnnotation.decimalType(0, 9);
            default -> null;
        };
    }

    /** A value: often small, near a limit, or special. */
    byte[] draw(Random random) {
        return switch (type) {
            case BOOLEAN -> new byte[] {(byte) random.nextInt(2)};
            case INT32 -> littleEndian(drawInt(random));
            case INT64 -> littleEndian(drawLong(random));
            case FLOAT -> littleEndian(Float.floatToRawIntBits((float) drawDouble(random)));
            case DOUBLE -> littleEndian(Double.doubleToRawLongBits(drawDouble(random)));
            default -> drawBytes(random);
        };
    }

    private byte[] drawBytes(Random random) {
        if (order == SortOrder.FLOAT16 || order == SortOrder.FLOAT16_TOTAL) {
            int[] special = {0, 0x8000, 0x7c00, 0xfc00, 0x7e00, 0xfe01, 0x7fff, 1, 0x8001};
            int half = random.nextInt(3) == 0 ? special[random.nextInt(special.length)] : random.nextInt(1 << 16);
            return new byte[] {(byte) half, (byte) (half >> 8)};
        }
        int length = typeLength > 0 ? typeLength : random.nextInt(5) + (order == SortOrder.DECIMAL_BINARY ? 1 : 0);
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            byte[] frequent = {0, 1, -1, 127, -128, 'a'};
            value[i] = random.nextBoolean() ? frequent[random.nextInt(6)] : (byte) random.nextInt();
        }
        return value;
    }

    private static int drawInt(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(5) - 2;
            case 1 -> random.nextBoolean() ? Integer.MIN_VALUE : Integer.MAX_VALUE;
            default -> random.nextInt();
        };
    }

    private static long drawLong(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(5) - 2;
            case 1 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            default -> random.nextLong();
        };
    }

    private static double drawDouble(Random random) {
        double[] special = {
            0.0,
            -0.0,
            Double.NaN,
            Double.longBitsToDouble(0xfff8000000000001L),
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Float.MIN_VALUE,
            -Float.MAX_VALUE
        };
        return random.nextInt(3) == 0 ? special[random.nextInt(special.length)] : random.nextGaussian();
    }

    static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    /** The value as parquet-java has it. */
    Object parquetValue(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case BOOLEAN -> value[0] != 0;
            case INT32 -> bytes.getInt();
            case INT64 -> bytes.getLong();
            case FLOAT -> bytes.getFloat();
            case DOUBLE -> bytes.getDouble();
            default -> Binary.fromConstantByteArray(value);
        };
    }

    void update(Statistics<?> statistics, byte[] value) {
        Object object = parquetValue(value);
        if (object instanceof Boolean b) {
            statistics.updateStats(b.booleanValue());
        } else if (object instanceof Integer i) {
            statistics.updateStats(i.intValue());
        } else if (object instanceof Long l) {
            statistics.updateStats(l.longValue());
        } else if (object instanceof Float f) {
            statistics.updateStats(f.floatValue());
        } else if (object instanceof Double d) {
            statistics.updateStats(d.doubleValue());
        } else {
            statistics.updateStats((Binary) object);
        }
    }
}
