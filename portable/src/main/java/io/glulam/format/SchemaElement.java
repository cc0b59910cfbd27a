package io.glulam.format;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code SchemaElement} as read; -1 is absent for numbers that are never negative. */
record SchemaElement(
        String name,
        int type,
        int typeLength,
        int repetition,
        int childCount,
        int convertedType,
        int scale,
        int precision,
        @Nullable Integer fieldId,
        @Nullable LogicalType logicalType) {

    static SchemaElement read(ThriftReader in, int index) {
        String name = null;
        int type = -1;
        int typeLength = 0;
        int repetition = -1;
        int childCount = -1;
        int convertedType = -1;
        int scale = 0;
        int precision = 0;
        Integer fieldId = null;
        LogicalType logicalType = null;
        int outer = in.enterStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> type = claim(in, index, "type");
                case 2 -> typeLength = in.readI32Field();
                case 3 -> repetition = claim(in, index, "repetition_type");
                case 4 -> name = in.readUtf8Field();
                case 5 -> childCount = claim(in, index, "num_children");
                case 6 -> convertedType = claim(in, index, "converted_type");
                case 7 -> scale = in.readI32Field();
                case 8 -> precision = in.readI32Field();
                case 9 -> fieldId = in.readI32Field();
                case 10 -> {
                    in.expect(ThriftReader.STRUCT);
                    if (logicalType != null) {
                        // Readers in Java take the last one whole, those in C++ put both together.
                        throw in.corrupt("FileMetaData.schema[" + index + "].logicalType occurs twice");
                    }
                    logicalType = LogicalType.read(in);
                }
                default -> in.skip();
            }
        }
        in.leaveStruct(outer);
        if (name == null) {
            throw new CorruptFile(Place.UNKNOWN, "FileMetaData.schema[" + index + "].name is missing");
        }
        return new SchemaElement(
                name, type, typeLength, repetition, childCount, convertedType, scale, precision, fieldId, logicalType);
    }

    private static int claim(ThriftReader in, int index, String field) {
        int value = in.readI32Field();
        if (value < 0) {
            throw in.corrupt("FileMetaData.schema[" + index + "]." + field + " is " + value);
        }
        return value;
    }

    SchemaNode group(boolean root, List<SchemaNode> children) {
        return node(root ? null : Repetition.of(repetition), null, 0, -1, children);
    }

    SchemaNode leaf(@Nullable Repetition known, PhysicalType physical, int length, int leaf) {
        return node(known, physical, length, leaf, List.of());
    }

    private SchemaNode node(
            @Nullable Repetition known,
            @Nullable PhysicalType physical,
            int length,
            int leaf,
            List<SchemaNode> children) {
        return new SchemaNode(
                name,
                known,
                physical,
                length,
                logicalType,
                convertedType,
                scale,
                precision,
                fieldId,
                leaf,
                List.copyOf(children));
    }
}
