package io.glulam.testkit.oracle;

import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A leaf with at most one value a row, at the top or in structs: the only kind that filters are made for. */
record FlatLeaf(List<String> path, PrimitiveType type) {

    /** The leaves that parquet-java takes filters for; INT96 has no order and a dot in a name no escape. */
    static List<FlatLeaf> of(MessageType schema) {
        return schema.getColumns().stream()
                .filter(column -> column.getMaxRepetitionLevel() == 0)
                .filter(column -> column.getPrimitiveType().getPrimitiveTypeName() != PrimitiveTypeName.INT96)
                .map(FlatLeaf::of)
                .filter(leaf -> leaf.path.stream().noneMatch(name -> name.contains(".")))
                .toList();
    }

    private static FlatLeaf of(ColumnDescriptor column) {
        return new FlatLeaf(List.of(column.getPath()), column.getPrimitiveType());
    }

    /**
     * Whether equal values have equal bytes. Not so for decimals of variable length, which may be padded: parquet-java
     * compares dictionaries and bloom filters by bytes and rows by value, so that {@code =} has no one answer.
     */
    boolean hasCanonicalBytes() {
        return type.getPrimitiveTypeName() != PrimitiveTypeName.BINARY
                || !(type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation);
    }

    /** The value in a row: Boolean, Integer, Long, Float, Double or Binary; null if it or a struct around it is null. */
    Comparable<?> value(Group row) {
        Group group = row;
        for (String name : path.subList(0, path.size() - 1)) {
            if (group.getFieldRepetitionCount(name) == 0) {
                return null;
            }
            group = group.getGroup(name, 0);
        }
        int field = group.getType().getFieldIndex(path.get(path.size() - 1));
        if (group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(field, 0);
            case INT32 -> group.getInteger(field, 0);
            case INT64 -> group.getLong(field, 0);
            case FLOAT -> group.getFloat(field, 0);
            case DOUBLE -> group.getDouble(field, 0);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> group.getBinary(field, 0);
            case INT96 -> group.getInt96(field, 0);
        };
    }

    String dottedPath() {
        return String.join(".", path);
    }
}
