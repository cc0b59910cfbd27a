package io.glulam.testkit.bytes;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.Type;

/** Builds a flattened schema. Not reusable. */
public final class SchemaScript {
    private final List<SchemaElement> elements = new ArrayList<>();
    private int fields;

    public SchemaScript() {
        elements.add(new SchemaElement("schema"));
    }

    /** A leaf below the root. */
    public SchemaScript leaf(String name, FieldRepetitionType repetition, Type type) {
        fields++;
        elements.add(element(name, repetition, type));
        return this;
    }

    public SchemaScript required(String name, Type type) {
        return leaf(name, FieldRepetitionType.REQUIRED, type);
    }

    public SchemaScript optional(String name, Type type) {
        return leaf(name, FieldRepetitionType.OPTIONAL, type);
    }

    public SchemaScript fixed(String name, FieldRepetitionType repetition, int length) {
        leaf(name, repetition, Type.FIXED_LEN_BYTE_ARRAY);
        last().setType_length(length);
        return this;
    }

    public SchemaScript text(String name, FieldRepetitionType repetition) {
        leaf(name, repetition, Type.BYTE_ARRAY);
        last().setConverted_type(ConvertedType.UTF8);
        last().setLogicalType(LogicalType.STRING(new StringType()));
        return this;
    }

    /** An optional list of optional elements, inside so many more lists. */
    public SchemaScript list(String name, int depth, Type type) {
        fields++;
        String inner = name;
        for (int i = 0; i < depth; i++) {
            SchemaElement list = group(inner, FieldRepetitionType.OPTIONAL);
            list.setConverted_type(ConvertedType.LIST);
            list.setLogicalType(LogicalType.LIST(new ListType()));
            elements.add(list);
            elements.add(group("list", FieldRepetitionType.REPEATED));
            inner = "element";
        }
        elements.add(element("element", FieldRepetitionType.OPTIONAL, type));
        return this;
    }

    /** A struct of one optional leaf. */
    public SchemaScript struct(String name, FieldRepetitionType repetition, String leaf, Type type) {
        fields++;
        elements.add(group(name, repetition));
        elements.add(element(leaf, FieldRepetitionType.OPTIONAL, type));
        return this;
    }

    /** Changes the element added last. */
    public SchemaElement last() {
        return elements.get(elements.size() - 1);
    }

    public List<SchemaElement> build() {
        elements.get(0).setNum_children(fields);
        return List.copyOf(elements);
    }

    private static SchemaElement element(String name, FieldRepetitionType repetition, Type type) {
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(repetition);
        element.setType(type);
        return element;
    }

    private static SchemaElement group(String name, FieldRepetitionType repetition) {
        SchemaElement element = new SchemaElement(name);
        element.setRepetition_type(repetition);
        element.setNum_children(1);
        return element;
    }
}
