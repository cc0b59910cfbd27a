package io.glulam.tables.delta.log;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.FieldMetadata;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import java.util.ArrayList;
import java.util.List;

/** Takes the kernel's schema apart. */
final class SchemaFields {
    private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";
    private static final String ID = "delta.columnMapping.id";

    private SchemaFields() {}

    static List<DeltaField> of(StructType struct, boolean mapped) {
        List<DeltaField> fields = new ArrayList<>();
        for (StructField field : struct.fields()) {
            FieldMetadata metadata = field.getMetadata();
            String physical = mapped ? metadata.getString(PHYSICAL_NAME) : field.getName();
            Integer id = mapped ? Math.toIntExact(metadata.getLong(ID)) : null;
            fields.add(new DeltaField(field.getName(), physical, id, type(field.getDataType(), mapped)));
        }
        return fields;
    }

    private static DeltaType type(DataType type, boolean mapped) {
        if (type instanceof StructType struct) {
            return new DeltaType.Struct(of(struct, mapped));
        }
        if (type instanceof ArrayType array) {
            return new DeltaType.ListOf(type(array.getElementType(), mapped));
        }
        if (type instanceof MapType map) {
            return new DeltaType.MapOf(type(map.getKeyType(), mapped), type(map.getValueType(), mapped));
        }
        return new DeltaType.Primitive(type instanceof DecimalType ? "decimal" : type.toString());
    }
}
