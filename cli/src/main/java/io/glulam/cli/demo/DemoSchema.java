package io.glulam.cli.demo;

import io.glulam.format.ConvertedType;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import io.glulam.format.ThriftReader;
import io.glulam.format.ThriftWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the schema of the demonstration's file; the leaves are those of {@link DemoColumns}. */
@SuppressWarnings("EnumOrdinal") // The specification's enums: the ordinal is the Thrift value.
final class DemoSchema {
    private static final int ELEMENTS = 12;

    private final ThriftWriter out;

    private DemoSchema(ThriftWriter out) {
        this.out = out;
    }

    /** Writes {@code FileMetaData.schema} with its header. */
    static void write(ThriftWriter out) {
        out.listHeader(ThriftReader.STRUCT, ELEMENTS);
        DemoSchema schema = new DemoSchema(out);
        schema.group("schema", null, 9, 0);
        schema.leaf("id", PhysicalType.INT64, Repetition.REQUIRED, 0);
        schema.timestamp("timestamp");
        schema.leaf("user", PhysicalType.INT32, Repetition.REQUIRED, 0);
        schema.leaf("country", PhysicalType.BYTE_ARRAY, Repetition.REQUIRED, LogicalType.STRING);
        schema.leaf("path", PhysicalType.BYTE_ARRAY, Repetition.REQUIRED, LogicalType.STRING);
        schema.leaf("amount", PhysicalType.DOUBLE, Repetition.OPTIONAL, 0);
        schema.decimal("price", 12, 2);
        schema.leaf("session", PhysicalType.BYTE_ARRAY, Repetition.REQUIRED, LogicalType.STRING);
        schema.group("tags", Repetition.OPTIONAL, 1, LogicalType.LIST);
        schema.group("list", Repetition.REPEATED, 1, 0);
        schema.leaf("element", PhysicalType.BYTE_ARRAY, Repetition.REQUIRED, LogicalType.STRING);
    }

    private void group(String name, @Nullable Repetition repetition, int children, int logicalType) {
        int outer = out.enterStruct();
        if (repetition != null) {
            out.i32Field(3, repetition.ordinal());
        }
        out.binaryField(4, name.getBytes(StandardCharsets.UTF_8));
        out.i32Field(5, children);
        if (logicalType == LogicalType.LIST) {
            out.i32Field(6, ConvertedType.LIST.ordinal());
            emptyLogicalType(logicalType);
        }
        out.leaveStruct(outer);
    }

    private void leaf(String name, PhysicalType type, Repetition repetition, int logicalType) {
        int outer = enterLeaf(name, type, repetition);
        if (logicalType == LogicalType.STRING) {
            out.i32Field(6, ConvertedType.UTF8.ordinal());
            emptyLogicalType(logicalType);
        }
        out.leaveStruct(outer);
    }

    private void decimal(String name, int precision, int scale) {
        int outer = enterLeaf(name, PhysicalType.INT64, Repetition.REQUIRED);
        out.i32Field(6, ConvertedType.DECIMAL.ordinal());
        out.i32Field(7, scale);
        out.i32Field(8, precision);
        int union = enterLogicalType(LogicalType.DECIMAL);
        int inner = out.enterStruct();
        out.i32Field(1, scale);
        out.i32Field(2, precision);
        out.leaveStruct(inner);
        out.leaveStruct(union);
        out.leaveStruct(outer);
    }

    /** Microseconds in UTC. */
    private void timestamp(String name) {
        int outer = enterLeaf(name, PhysicalType.INT64, Repetition.REQUIRED);
        out.i32Field(6, ConvertedType.TIMESTAMP_MICROS.ordinal());
        int union = enterLogicalType(LogicalType.TIMESTAMP);
        int inner = out.enterStruct();
        out.booleanField(1, true);
        out.field(2, ThriftReader.STRUCT);
        int unit = out.enterStruct();
        out.field(2, ThriftReader.STRUCT);
        out.leaveStruct(out.enterStruct());
        out.leaveStruct(unit);
        out.leaveStruct(inner);
        out.leaveStruct(union);
        out.leaveStruct(outer);
    }

    private int enterLeaf(String name, PhysicalType type, Repetition repetition) {
        int outer = out.enterStruct();
        out.i32Field(1, type.ordinal());
        out.i32Field(3, repetition.ordinal());
        out.binaryField(4, name.getBytes(StandardCharsets.UTF_8));
        return outer;
    }

    private void emptyLogicalType(int id) {
        int union = enterLogicalType(id);
        out.leaveStruct(out.enterStruct());
        out.leaveStruct(union);
    }

    private int enterLogicalType(int id) {
        out.field(10, ThriftReader.STRUCT);
        int union = out.enterStruct();
        out.field(id, ThriftReader.STRUCT);
        return union;
    }
}
