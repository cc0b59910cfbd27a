package io.glulam;

import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.format.Repetition;
import io.glulam.shape.TargetField;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;

/** The fields of a file's schema as a table would give them. */
final class TargetFields {
    private TargetFields() {}

    /** Returns the root's fields, without those that hold a type which only a converted type tells. */
    static List<TargetField> of(List<SchemaElement> schema) {
        Iterator<SchemaElement> elements = schema.iterator();
        int count = elements.next().getNum_children();
        List<TargetField> fields = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read(elements).ifPresent(fields::add);
        }
        return fields;
    }

    private static Optional<TargetField> read(Iterator<SchemaElement> elements) {
        SchemaElement element = elements.next();
        List<TargetField> children = new ArrayList<>();
        boolean known = element.isSetLogicalType() || !element.isSetConverted_type();
        for (int i = 0; i < element.getNum_children(); i++) {
            Optional<TargetField> child = read(elements);
            known &= child.isPresent();
            child.ifPresent(children::add);
        }
        if (!known) {
            return Optional.empty();
        }
        PhysicalType type =
                element.isSetType() ? PhysicalType.of(element.getType().getValue()) : null;
        return Optional.of(new TargetField(
                element.getName(),
                element.isSetField_id() ? element.getField_id() : null,
                Repetition.valueOf(element.getRepetition_type().name()),
                type,
                type == PhysicalType.FIXED_LEN_BYTE_ARRAY ? element.getType_length() : 0,
                element.isSetLogicalType() ? logical(element.getLogicalType()) : null,
                children));
    }

    private static LogicalType logical(org.apache.parquet.format.LogicalType type) {
        int id = type.getSetField().getThriftFieldId();
        return switch (id) {
            case LogicalType.DECIMAL ->
                LogicalType.decimal(
                        type.getDECIMAL().getPrecision(), type.getDECIMAL().getScale());
            case LogicalType.TIME ->
                LogicalType.time(
                        type.getTIME().isIsAdjustedToUTC(), unit(type.getTIME().getUnit()));
            case LogicalType.TIMESTAMP ->
                LogicalType.timestamp(
                        type.getTIMESTAMP().isIsAdjustedToUTC(),
                        unit(type.getTIMESTAMP().getUnit()));
            case LogicalType.INTEGER ->
                LogicalType.integer(
                        type.getINTEGER().getBitWidth(), type.getINTEGER().isIsSigned());
            default -> LogicalType.of(id);
        };
    }

    private static int unit(TimeUnit unit) {
        return unit.getSetField().getThriftFieldId();
    }
}
