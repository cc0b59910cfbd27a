package io.glulam.format;

import org.jspecify.annotations.Nullable;

/** Derives {@link SortOrder}: the specification's {@code ColumnOrder}. What is unknown or contradictory has none. */
final class SortOrders {
    private static final int TYPE_ORDER = 1;
    private static final int IEEE_754_TOTAL_ORDER = 2;

    private SortOrders() {}

    /** Returns the order of a leaf whose entry in {@code column_orders} holds that field of the union. */
    static SortOrder declared(int columnOrder, SchemaNode leaf) {
        SortOrder order = ofTypes(leaf);
        return switch (columnOrder) {
            case TYPE_ORDER -> order;
            case IEEE_754_TOTAL_ORDER ->
                switch (order) {
                    case FLOAT -> SortOrder.FLOAT_TOTAL;
                    case DOUBLE -> SortOrder.DOUBLE_TOTAL;
                    case FLOAT16 -> SortOrder.FLOAT16_TOTAL;
                    default -> SortOrder.NONE;
                };
            default -> SortOrder.NONE;
        };
    }

    /** Returns the order that the types define. */
    static SortOrder ofTypes(SchemaNode leaf) {
        PhysicalType type = leaf.type();
        if (type == null) {
            return SortOrder.NONE;
        }
        LogicalType logical = leaf.logicalType();
        if (logical == null) {
            return leaf.convertedType() < 0 ? ofPhysical(type) : ofConverted(leaf.convertedType(), type);
        }
        SortOrder order = ofLogical(logical, type, leaf.typeLength());
        // Readers that look at one annotation only must not see two orders.
        boolean agree = leaf.convertedType() < 0 || ofConverted(leaf.convertedType(), type) == order;
        return agree ? order : SortOrder.NONE;
    }

    private static SortOrder ofPhysical(PhysicalType type) {
        return switch (type) {
            case BOOLEAN -> SortOrder.BOOLEAN;
            case INT32 -> SortOrder.INT32_SIGNED;
            case INT64 -> SortOrder.INT64_SIGNED;
            case FLOAT -> SortOrder.FLOAT;
            case DOUBLE -> SortOrder.DOUBLE;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> SortOrder.BYTES_UNSIGNED;
            case INT96 -> SortOrder.NONE;
        };
    }

    private static SortOrder ofLogical(LogicalType logical, PhysicalType type, int typeLength) {
        return switch (logical.id()) {
            case LogicalType.STRING, LogicalType.ENUM, LogicalType.JSON, LogicalType.BSON, LogicalType.UUID ->
                bytes(type);
            case LogicalType.DECIMAL -> decimal(type);
            case LogicalType.DATE -> signed(type, 32);
            case LogicalType.TIME ->
                switch (logical.unit()) {
                    case 1 -> signed(type, 32);
                    case 2, 3 -> signed(type, 64);
                    default -> SortOrder.NONE;
                };
            case LogicalType.TIMESTAMP ->
                logical.unit() >= 1 && logical.unit() <= 3 ? signed(type, 64) : SortOrder.NONE;
            case LogicalType.INTEGER -> integer(logical, type);
            case LogicalType.FLOAT16 ->
                type == PhysicalType.FIXED_LEN_BYTE_ARRAY && typeLength == 2 ? SortOrder.FLOAT16 : SortOrder.NONE;
            default -> SortOrder.NONE;
        };
    }

    private static SortOrder ofConverted(int value, PhysicalType type) {
        @Nullable ConvertedType converted = ConvertedType.of(value);
        if (converted == null) {
            return SortOrder.NONE;
        }
        return switch (converted) {
            case UTF8, ENUM, JSON, BSON -> bytes(type);
            case DECIMAL -> decimal(type);
            case DATE, TIME_MILLIS, INT_8, INT_16, INT_32 -> signed(type, 32);
            case TIME_MICROS, TIMESTAMP_MILLIS, TIMESTAMP_MICROS, INT_64 -> signed(type, 64);
            case UINT_8, UINT_16, UINT_32 -> unsigned(type, 32);
            case UINT_64 -> unsigned(type, 64);
            case MAP, MAP_KEY_VALUE, LIST, INTERVAL -> SortOrder.NONE;
        };
    }

    private static SortOrder integer(LogicalType logical, PhysicalType type) {
        int bits = switch (logical.bitWidth()) {
            case 8, 16, 32 -> 32;
            case 64 -> 64;
            default -> 0;
        };
        return logical.signed() ? signed(type, bits) : unsigned(type, bits);
    }

    private static SortOrder signed(PhysicalType type, int bits) {
        if (type == PhysicalType.INT32 && bits == 32) {
            return SortOrder.INT32_SIGNED;
        }
        return type == PhysicalType.INT64 && bits == 64 ? SortOrder.INT64_SIGNED : SortOrder.NONE;
    }

    private static SortOrder unsigned(PhysicalType type, int bits) {
        if (type == PhysicalType.INT32 && bits == 32) {
            return SortOrder.INT32_UNSIGNED;
        }
        return type == PhysicalType.INT64 && bits == 64 ? SortOrder.INT64_UNSIGNED : SortOrder.NONE;
    }

    private static SortOrder decimal(PhysicalType type) {
        return switch (type) {
            case INT32 -> SortOrder.INT32_SIGNED;
            case INT64 -> SortOrder.INT64_SIGNED;
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> SortOrder.DECIMAL_BINARY;
            default -> SortOrder.NONE;
        };
    }

    private static SortOrder bytes(PhysicalType type) {
        return type == PhysicalType.BYTE_ARRAY || type == PhysicalType.FIXED_LEN_BYTE_ARRAY
                ? SortOrder.BYTES_UNSIGNED
                : SortOrder.NONE;
    }
}
