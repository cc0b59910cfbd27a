package io.glulam.shape;

import io.glulam.format.ConvertedType;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serializes fields as the specification's list of {@code SchemaElement}s, with converted types for old readers where
 * LogicalTypes.md has one that means the same.
 */
final class SchemaBytes {
    private static final String ROOT = "schema";
    private static final int MILLIS = 1;
    private static final int MICROS = 2;

    /** The version of the Variant specification. */
    private static final int VARIANT_VERSION = 1;

    private final ThriftWriter out = new ThriftWriter(1024);

    private SchemaBytes() {}

    /** Returns the list of a root with these fields. */
    static byte[] of(List<TargetField> fields) {
        SchemaBytes bytes = new SchemaBytes();
        bytes.out.listHeader(ThriftReader.STRUCT, 1 + count(fields));
        int outer = bytes.out.enterStruct();
        bytes.out.binaryField(4, ROOT.getBytes(StandardCharsets.UTF_8));
        bytes.out.i32Field(5, fields.size());
        bytes.out.leaveStruct(outer);
        fields.forEach(bytes::write);
        return bytes.out.toByteArray();
    }

    private static int count(List<TargetField> fields) {
        return fields.stream().mapToInt(field -> 1 + count(field.children())).sum();
    }

    private void write(TargetField field) {
        int outer = out.enterStruct();
        PhysicalType type = field.type();
        if (type != null) {
            out.i32Field(1, type.ordinal());
        }
        if (field.typeLength() > 0) {
            out.i32Field(2, field.typeLength());
        }
        out.i32Field(3, field.repetition().ordinal());
        out.binaryField(4, field.name().getBytes(StandardCharsets.UTF_8));
        if (field.isGroup()) {
            out.i32Field(5, field.children().size());
        }
        LogicalType logical = field.logicalType();
        ConvertedType converted = logical == null ? null : converted(logical);
        if (converted != null) {
            out.i32Field(6, converted.ordinal());
        }
        if (logical != null && logical.id() == LogicalType.DECIMAL) {
            out.i32Field(7, logical.scale());
            out.i32Field(8, logical.precision());
        }
        Integer id = field.id();
        if (id != null) {
            out.i32Field(9, id);
        }
        if (logical != null) {
            out.field(10, ThriftReader.STRUCT);
            write(logical);
        }
        out.leaveStruct(outer);
        field.children().forEach(this::write);
    }

    private void write(LogicalType type) {
        int union = out.enterStruct();
        out.field(type.id(), ThriftReader.STRUCT);
        int parameters = out.enterStruct();
        switch (type.id()) {
            case LogicalType.DECIMAL -> {
                out.i32Field(1, type.scale());
                out.i32Field(2, type.precision());
            }
            case LogicalType.TIME, LogicalType.TIMESTAMP -> {
                out.booleanField(1, type.adjustedToUtc());
                out.field(2, ThriftReader.STRUCT);
                int unit = out.enterStruct();
                out.field(type.unit(), ThriftReader.STRUCT);
                out.leaveStruct(out.enterStruct());
                out.leaveStruct(unit);
            }
            case LogicalType.INTEGER -> {
                out.field(1, ThriftReader.BYTE);
                out.writeByte(type.bitWidth());
                out.booleanField(2, type.signed());
            }
            case LogicalType.VARIANT -> {
                out.field(1, ThriftReader.BYTE);
                out.writeByte(VARIANT_VERSION);
            }
            case LogicalType.GEOMETRY, LogicalType.GEOGRAPHY -> {
                String crs = type.crs();
                if (crs != null) {
                    out.binaryField(1, crs.getBytes(StandardCharsets.UTF_8));
                }
                if (type.algorithm() >= 0) {
                    out.i32Field(2, type.algorithm());
                }
            }
            default -> {
                // The others have no parameters, or none that must be there.
            }
        }
        out.leaveStruct(parameters);
        out.leaveStruct(union);
    }

    /** Returns the converted type that means the same; null if there is none. */
    private static @Nullable ConvertedType converted(LogicalType type) {
        return switch (type.id()) {
            case LogicalType.STRING -> ConvertedType.UTF8;
            case LogicalType.MAP -> ConvertedType.MAP;
            case LogicalType.LIST -> ConvertedType.LIST;
            case LogicalType.ENUM -> ConvertedType.ENUM;
            case LogicalType.DECIMAL -> ConvertedType.DECIMAL;
            case LogicalType.DATE -> ConvertedType.DATE;
            case LogicalType.JSON -> ConvertedType.JSON;
            case LogicalType.BSON -> ConvertedType.BSON;
            case LogicalType.TIME -> ofUnit(type, ConvertedType.TIME_MILLIS, ConvertedType.TIME_MICROS);
            case LogicalType.TIMESTAMP -> ofUnit(type, ConvertedType.TIMESTAMP_MILLIS, ConvertedType.TIMESTAMP_MICROS);
            case LogicalType.INTEGER -> ofInteger(type);
            default -> null;
        };
    }

    /** Converted types of time mean values that are adjusted to UTC. */
    private static @Nullable ConvertedType ofUnit(LogicalType type, ConvertedType millis, ConvertedType micros) {
        if (!type.adjustedToUtc()) {
            return null;
        }
        return type.unit() == MILLIS ? millis : type.unit() == MICROS ? micros : null;
    }

    private static ConvertedType ofInteger(LogicalType type) {
        int power = Integer.numberOfTrailingZeros(type.bitWidth() / Byte.SIZE);
        int first = (type.signed() ? ConvertedType.INT_8 : ConvertedType.UINT_8).ordinal();
        return Objects.requireNonNull(ConvertedType.of(first + power));
    }
}
