package io.glulam.testkit.generate;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MILLIS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.NANOS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.enumType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.float16Type;
import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.jsonType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timeType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;

import java.util.Arrays;
import java.util.Objects;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** The kinds of leaf that generated schemas are made of: each physical type plain, and with its logical types. */
public enum LeafKind {
    BOOLEAN(PrimitiveTypeName.BOOLEAN, null, Domains.booleans()),
    INT32(PrimitiveTypeName.INT32, null, Domains.ints(32, true)),
    INT64(PrimitiveTypeName.INT64, null, Domains.longs(true)),
    INT96(PrimitiveTypeName.INT96, null, Domains.int96()),
    FLOAT(PrimitiveTypeName.FLOAT, null, Domains.floats()),
    DOUBLE(PrimitiveTypeName.DOUBLE, null, Domains.doubles()),
    BINARY(PrimitiveTypeName.BINARY, null, Domains.bytes()),
    FIXED(5, null, Domains.fixed(5)),
    INT8(PrimitiveTypeName.INT32, intType(8, true), Domains.ints(8, true)),
    INT16(PrimitiveTypeName.INT32, intType(16, true), Domains.ints(16, true)),
    UINT8(PrimitiveTypeName.INT32, intType(8, false), Domains.ints(8, false)),
    UINT16(PrimitiveTypeName.INT32, intType(16, false), Domains.ints(16, false)),
    UINT32(PrimitiveTypeName.INT32, intType(32, false), Domains.ints(32, false)),
    UINT64(PrimitiveTypeName.INT64, intType(64, false), Domains.longs(false)),
    DATE(PrimitiveTypeName.INT32, dateType(), Domains.intsBetween(-30_000, 60_000)),
    TIME_MILLIS(PrimitiveTypeName.INT32, timeType(true, MILLIS), Domains.intsBetween(0, 86_399_999)),
    TIME_MICROS(PrimitiveTypeName.INT64, timeType(false, MICROS), Domains.longsBetween(0, 86_399_999_999L, 1_000)),
    TIMESTAMP_MILLIS(
            PrimitiveTypeName.INT64, timestampType(true, MILLIS), Domains.longsBetween(-1L << 40, 1L << 42, 37)),
    TIMESTAMP_MICROS(
            PrimitiveTypeName.INT64, timestampType(false, MICROS), Domains.longsBetween(-1L << 50, 1L << 52, 37)),
    TIMESTAMP_NANOS(PrimitiveTypeName.INT64, timestampType(true, NANOS), Domains.longsBetween(-1L << 60, 1L << 61, 37)),
    DECIMAL_INT32(PrimitiveTypeName.INT32, decimalType(2, 9), Domains.intsBetween(-999_999_999, 999_999_999)),
    DECIMAL_INT64(
            PrimitiveTypeName.INT64,
            decimalType(4, 18),
            Domains.longsBetween(-999_999_999_999_999_999L, 999_999_999_999_999_999L, 11)),
    DECIMAL_FIXED(13, decimalType(6, 30), Domains.fixedDecimal(13, 999_999_999_999_999_999L)),
    DECIMAL_BINARY(PrimitiveTypeName.BINARY, decimalType(3, 20), Domains.binaryDecimal(999_999_999_999_999_999L)),
    STRING(PrimitiveTypeName.BINARY, stringType(), Domains.strings()),
    ENUM(PrimitiveTypeName.BINARY, enumType(), Domains.words()),
    JSON(PrimitiveTypeName.BINARY, jsonType(), Domains.json()),
    UUID(16, uuidType(), Domains.fixed(16)),
    FLOAT16(2, float16Type(), Domains.float16());

    private final PrimitiveTypeName physical;
    private final LogicalTypeAnnotation logical;
    private final int length;
    private final Domain domain;

    LeafKind(PrimitiveTypeName physical, LogicalTypeAnnotation logical, Domain domain) {
        this.physical = physical;
        this.logical = logical;
        this.length = 0;
        this.domain = domain;
    }

    LeafKind(int fixedLength, LogicalTypeAnnotation logical, Domain domain) {
        this.physical = PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        this.logical = logical;
        this.length = fixedLength;
        this.domain = domain;
    }

    /** A field of this kind. */
    public PrimitiveType named(String name, Repetition repetition) {
        var builder = Types.primitive(physical, repetition);
        if (length > 0) {
            builder = builder.length(length);
        }
        return builder.as(logical).named(name);
    }

    /**
     * The kind of a field made by {@link #named}.
     *
     * @throws IllegalArgumentException for a type that no kind makes
     */
    public static LeafKind of(PrimitiveType type) {
        return Arrays.stream(values())
                .filter(kind -> kind.physical == type.getPrimitiveTypeName()
                        && kind.length == type.getTypeLength()
                        && Objects.equals(kind.logical, type.getLogicalTypeAnnotation()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind makes " + type));
    }

    Domain domain() {
        return domain;
    }
}
