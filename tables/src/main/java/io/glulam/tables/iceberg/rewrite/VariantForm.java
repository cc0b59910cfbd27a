package io.glulam.tables.iceberg.rewrite;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.footer.Footer;
import io.glulam.format.SchemaNode;
import io.glulam.shape.TargetField;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * How a file shreds its variants (Parquet's VariantShredding.md). The bytes of files go into one output only if they shred them
 * in the same way. Immutable.
 *
 * @param parts of each variant column that the file has, by field id
 */
record VariantForm(Map<Integer, List<TargetField>> parts) {
    /** No variant is known, so that none is shredded. */
    static final VariantForm NONE = new VariantForm(Map.of());

    VariantForm {
        parts = Map.copyOf(parts);
    }

    /** Returns the field ids of a schema's variants. */
    static Set<Integer> ids(Schema schema) {
        return TypeUtil.indexById(schema.asStruct()).values().stream()
                .filter(field -> field.type().isVariantType())
                .map(Types.NestedField::fieldId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Returns the form of a file.
     *
     * @param ids of the variants that count
     * @throws Unsupported if a group of a variant has no fields
     */
    static VariantForm of(Footer footer, Set<Integer> ids) {
        Map<Integer, List<TargetField>> parts = new HashMap<>();
        footer.schema().root().children().forEach(node -> add(node, ids, parts));
        return new VariantForm(parts);
    }

    private static void add(SchemaNode node, Set<Integer> ids, Map<Integer, List<TargetField>> parts) {
        Integer id = node.fieldId();
        if (id != null && ids.contains(id) && node.isGroup()) {
            parts.put(id, fields(node));
        } else {
            node.children().forEach(child -> add(child, ids, parts));
        }
    }

    private static List<TargetField> fields(SchemaNode group) {
        return group.children().stream().map(VariantForm::field).toList();
    }

    private static TargetField field(SchemaNode node) {
        if (node.isGroup() && node.children().isEmpty()) {
            throw new Unsupported(
                    Place.UNKNOWN, "a variant of the file has a group without fields", "use the table's own engine");
        }
        return new TargetField(
                node.name(),
                node.fieldId(),
                Objects.requireNonNull(node.repetition()),
                node.type(),
                node.typeLength(),
                node.logicalType(),
                fields(node));
    }

    /** Returns the form that most files have; of several, the one that comes first. */
    static VariantForm most(List<VariantForm> forms) {
        Map<VariantForm, Integer> counts = new LinkedHashMap<>();
        forms.forEach(form -> counts.merge(form, 1, Integer::sum));
        VariantForm most = NONE;
        int files = 0;
        for (Map.Entry<VariantForm, Integer> entry : counts.entrySet()) {
            if (entry.getValue() > files) {
                most = entry.getKey();
                files = entry.getValue();
            }
        }
        return most;
    }

    /** Returns whether files of both forms go into one output: all variants that both have are shredded in the same way. */
    boolean fits(VariantForm other) {
        return parts.entrySet().stream().allMatch(entry -> {
            List<TargetField> there = other.parts.get(entry.getKey());
            return there == null || there.equals(entry.getValue());
        });
    }
}
