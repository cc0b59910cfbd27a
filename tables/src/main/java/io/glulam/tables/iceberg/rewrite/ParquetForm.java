package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.TargetField;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.avro.AvroSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** The form in Parquet of Iceberg's types and values (specification, appendix A, Parquet). */
final class ParquetForm {
    private static final int MICROS = 2;
    private static final int NANOS = 3;

    /** The largest precision of decimals in INT32 and in INT64. */
    private static final int INT_DIGITS = 9;

    private static final int LONG_DIGITS = 18;

    private final VariantForm variants;

    /** @param variants how variants are shredded; those that it does not have are not */
    ParquetForm(VariantForm variants) {
        this.variants = variants;
    }

    /** Returns the name of a field in a file, as Iceberg's writers spell it. */
    static String name(Types.NestedField field) {
        return AvroSchemaUtil.makeCompatibleName(field.name());
    }

    /** Returns the form of a struct's fields; columns of type unknown, which hold nulls only, are in no file. */
    List<TargetField> fields(Types.StructType struct) {
        List<TargetField> fields = new ArrayList<>();
        for (Types.NestedField field : struct.fields()) {
            if (field.type().typeId() != Type.TypeID.UNKNOWN) {
                fields.add(field(field, name(field)));
            }
        }
        if (fields.isEmpty()) {
            throw unsupported("a struct without a column that files hold");
        }
        return fields;
    }

    private TargetField field(Types.NestedField field, String name) {
        TargetField form = (field.type().isVariantType() ? variant(name, field.fieldId()) : form(name, field.type()))
                .withId(field.fieldId());
        return field.isRequired() ? form.required() : form;
    }

    private TargetField form(String name, Type type) {
        if (type.isStructType()) {
            return TargetField.group(name, fields(type.asStructType()));
        }
        if (type.isListType()) {
            Types.NestedField element = type.asListType().fields().get(0);
            return TargetField.list(name, field(element, "element"));
        }
        if (type.isMapType()) {
            List<Types.NestedField> entry = type.asMapType().fields();
            return TargetField.map(name, field(entry.get(0), "key"), field(entry.get(1), "value"));
        }
        return leaf(name, type);
    }

    private TargetField variant(String name, int id) {
        List<TargetField> parts = variants.parts().get(id);
        TargetField group = parts == null
                ? TargetField.group(
                        name,
                        TargetField.leaf("metadata", PhysicalType.BYTE_ARRAY).required(),
                        TargetField.leaf("value", PhysicalType.BYTE_ARRAY).required())
                : TargetField.group(name, parts);
        return group.as(LogicalType.of(LogicalType.VARIANT));
    }

    private static TargetField geography(String name, Types.GeographyType type) {
        // Iceberg's algorithms stand in the order of Parquet's.
        return TargetField.leaf(name, PhysicalType.BYTE_ARRAY)
                .as(LogicalType.geography(type.crs(), type.algorithm().ordinal()));
    }

    private static TargetField leaf(String name, Type type) {
        return switch (type.typeId()) {
            case BOOLEAN -> TargetField.leaf(name, PhysicalType.BOOLEAN);
            case INTEGER -> TargetField.leaf(name, PhysicalType.INT32);
            case LONG -> TargetField.leaf(name, PhysicalType.INT64);
            case FLOAT -> TargetField.leaf(name, PhysicalType.FLOAT);
            case DOUBLE -> TargetField.leaf(name, PhysicalType.DOUBLE);
            case DATE -> TargetField.leaf(name, PhysicalType.INT32).as(LogicalType.date());
            case TIME -> TargetField.leaf(name, PhysicalType.INT64).as(LogicalType.time(false, MICROS));
            case TIMESTAMP ->
                TargetField.leaf(name, PhysicalType.INT64)
                        .as(LogicalType.timestamp(((Types.TimestampType) type).shouldAdjustToUTC(), MICROS));
            case TIMESTAMP_NANO ->
                TargetField.leaf(name, PhysicalType.INT64)
                        .as(LogicalType.timestamp(((Types.TimestampNanoType) type).shouldAdjustToUTC(), NANOS));
            case STRING -> TargetField.leaf(name, PhysicalType.BYTE_ARRAY).as(LogicalType.string());
            case BINARY -> TargetField.leaf(name, PhysicalType.BYTE_ARRAY);
            case UUID -> TargetField.fixed(name, 2 * Long.BYTES).as(LogicalType.of(LogicalType.UUID));
            case FIXED -> TargetField.fixed(name, ((Types.FixedType) type).length());
            case DECIMAL -> decimal(name, (Types.DecimalType) type);
            case GEOMETRY ->
                TargetField.leaf(name, PhysicalType.BYTE_ARRAY)
                        .as(LogicalType.geometry(((Types.GeometryType) type).crs()));
            case GEOGRAPHY -> geography(name, (Types.GeographyType) type);
            default -> throw unsupported("column " + name + " of type " + type);
        };
    }

    private static TargetField decimal(String name, Types.DecimalType type) {
        TargetField leaf;
        if (type.precision() <= INT_DIGITS) {
            leaf = TargetField.leaf(name, PhysicalType.INT32);
        } else if (type.precision() <= LONG_DIGITS) {
            leaf = TargetField.leaf(name, PhysicalType.INT64);
        } else {
            leaf = TargetField.fixed(name, TypeUtil.decimalRequiredBytes(type.precision()));
        }
        return leaf.as(LogicalType.decimal(type.precision(), type.scale()));
    }

    /**
     * Returns a column that has one value.
     *
     * @param value as Iceberg holds values of {@code type} in memory; null for none
     * @return null for a column of nulls
     */
    static @Nullable MadeColumn constant(Type type, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (type.typeId()) {
            case BOOLEAN -> MadeColumn.constant((boolean) value);
            case INTEGER, DATE -> MadeColumn.constant(((Number) value).intValue());
            case LONG, TIME, TIMESTAMP, TIMESTAMP_NANO -> MadeColumn.constant(((Number) value).longValue());
            case FLOAT -> MadeColumn.constant(((Number) value).floatValue());
            case DOUBLE -> MadeColumn.constant(((Number) value).doubleValue());
            case STRING -> MadeColumn.constant(value.toString().getBytes(StandardCharsets.UTF_8));
            case BINARY, FIXED -> MadeColumn.constant(bytes((ByteBuffer) value));
            case UUID -> {
                UUID uuid = (UUID) value;
                yield MadeColumn.constant(ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array());
            }
            case DECIMAL -> decimal((Types.DecimalType) type, (BigDecimal) value);
            default -> throw unsupported("a default value of type " + type);
        };
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static MadeColumn decimal(Types.DecimalType type, BigDecimal value) {
        BigInteger unscaled = value.setScale(type.scale()).unscaledValue();
        if (type.precision() <= INT_DIGITS) {
            return MadeColumn.constant(unscaled.intValueExact());
        }
        if (type.precision() <= LONG_DIGITS) {
            return MadeColumn.constant(unscaled.longValueExact());
        }
        byte[] all = new byte[TypeUtil.decimalRequiredBytes(type.precision())];
        byte[] digits = unscaled.toByteArray();
        java.util.Arrays.fill(all, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, all, all.length - digits.length, digits.length);
        return MadeColumn.constant(all);
    }

    private static Unsupported unsupported(String what) {
        return new Unsupported(
                Place.UNKNOWN, "the table has " + what + ", which Glulam does not merge", "use the table's own engine");
    }
}
