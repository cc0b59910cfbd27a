package io.glulam.fuzz;

import static io.glulam.fuzz.Reference.same;

import io.glulam.format.Leaf;
import io.glulam.format.LogicalType;
import io.glulam.format.Schema;
import io.glulam.format.SchemaNode;
import io.glulam.format.SortOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Holds a schema and the orders of its columns against what the reference implementation reads, field by field. */
final class ReferenceSchema {
    private ReferenceSchema() {}

    /** @throws Mismatch if a field is another one */
    static void compare(Schema schema, FileMetaData expected) {
        List<SchemaNode> nodes = new ArrayList<>();
        collect(schema.root(), nodes);
        same("number of schema elements", nodes.size(), expected.getSchemaSize());
        for (int i = 0; i < nodes.size(); i++) {
            compare(nodes.get(i), expected.getSchema().get(i), i == 0);
        }
        if (schema.columnOrdersDeclared() && expected.isSetColumn_orders()) {
            for (Leaf leaf : schema.leaves()) {
                compareOrder(leaf.order(), expected.getColumn_orders().get(leaf.index()));
            }
        }
    }

    private static void collect(SchemaNode node, List<SchemaNode> all) {
        all.add(node);
        node.children().forEach(child -> collect(child, all));
    }

    private static void compare(SchemaNode node, SchemaElement element, boolean root) {
        same("name", node.name(), element.getName());
        same("type", node.type() == null ? null : node.type().name(), nameOf(element.getType()));
        same("num_children", node.children().size(), element.getNum_children());
        same("field_id", node.fieldId(), element.isSetField_id() ? (Integer) element.getField_id() : null);
        same("scale", node.scale(), element.getScale());
        same("precision", node.precision(), element.getPrecision());
        same("converted_type", ConvertedType.findByValue(node.convertedType()), element.getConverted_type());
        FieldRepetitionType repetition = element.getRepetition_type();
        if (!root) {
            same("repetition_type", String.valueOf(node.repetition()), nameOf(repetition));
        }
        if (node.typeLength() > 0) {
            same("type_length", node.typeLength(), element.getType_length());
        }
        same("whether there is a logicalType", node.logicalType() != null, element.isSetLogicalType());
        LogicalType logical = node.logicalType();
        if (logical != null) {
            compare(logical, element.getLogicalType());
        }
    }

    private static @Nullable String nameOf(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    /** The reference implementation holds no member where it does not know it. */
    private static void compare(LogicalType found, org.apache.parquet.format.LogicalType expected) {
        var field = expected.getSetField();
        if (field == null) {
            same("logicalType", org.apache.parquet.format.LogicalType._Fields.findByThriftId(found.id()), null);
            return;
        }
        same("logicalType", found.id(), (int) field.getThriftFieldId());
        switch (field) {
            case DECIMAL -> {
                DecimalType decimal = expected.getDECIMAL();
                same("scale", found.scale(), decimal.getScale());
                same("precision", found.precision(), decimal.getPrecision());
            }
            case INTEGER -> {
                IntType integer = expected.getINTEGER();
                same("bitWidth", found.bitWidth(), (int) integer.getBitWidth());
                same("isSigned", found.signed(), integer.isIsSigned());
            }
            case TIME -> {
                same(
                        "isAdjustedToUTC",
                        found.adjustedToUtc(),
                        expected.getTIME().isIsAdjustedToUTC());
                compare(found, expected.getTIME().getUnit());
            }
            case TIMESTAMP -> {
                same(
                        "isAdjustedToUTC",
                        found.adjustedToUtc(),
                        expected.getTIMESTAMP().isIsAdjustedToUTC());
                compare(found, expected.getTIMESTAMP().getUnit());
            }
            default -> {
                // The others have no parameters that Glulam reads.
            }
        }
    }

    private static void compare(LogicalType found, TimeUnit expected) {
        var unit = expected.getSetField();
        if (unit == null) {
            same("unit", TimeUnit._Fields.findByThriftId(found.unit()), null);
        } else {
            same("unit", found.unit(), (int) unit.getThriftFieldId());
        }
    }

    /** A column that Glulam has no order for is one whose bounds it does not believe. */
    private static void compareOrder(SortOrder found, ColumnOrder declared) {
        boolean isTotal =
                found == SortOrder.FLOAT_TOTAL || found == SortOrder.DOUBLE_TOTAL || found == SortOrder.FLOAT16_TOTAL;
        if (found != SortOrder.NONE) {
            int id = declared.getSetField() == null ? 0 : declared.getSetField().getThriftFieldId();
            same("column order of " + found, isTotal ? 2 : 1, id);
        }
    }
}
