package io.glulam.shape;

import io.glulam.format.Repetition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The form of an output: its schema, how fields of inputs are found in it, and its key-value metadata. Immutable.
 *
 * @param fields of the schema's root, in order
 * @param matching what makes a field of an input that of the output
 * @param metadata key-value metadata of the output, in this order
 * @param keptKeys of key-value metadata that the output takes over from the inputs where all inputs have the same value.
 *     Keys by which readers take values otherwise, such as those of Spark's calendars, are always taken over
 * @param followsInputs whether an optional column of the root becomes a required one where all inputs have it as required,
 *     since its pages then move as they are, and a required field an optional one where an input may hold nulls
 * @param bloomFilters that merged row groups have, by field id of the column; kept ones have what they had
 */
public record TargetShape(
        List<TargetField> fields,
        Matching matching,
        Map<String, String> metadata,
        Set<String> keptKeys,
        boolean followsInputs,
        Map<Integer, BloomFilterForm> bloomFilters) {

    /** How fields of inputs are matched with those of the output, at every level of the schema. */
    public enum Matching {
        /** The field id. Every field of the output has one, apart from the repeated groups of lists and maps. */
        FIELD_ID,
        /** The name, upper and lower case letters told apart. */
        NAME
    }

    public TargetShape {
        fields = List.copyOf(fields);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        keptKeys = Set.copyOf(keptKeys);
        bloomFilters = Map.copyOf(bloomFilters);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("an output needs a field");
        }
    }

    /** Makes a shape whose fields are found by their ids; no key-value metadata. */
    public static TargetShape byFieldId(List<TargetField> fields) {
        return new TargetShape(fields, Matching.FIELD_ID, Map.of(), Set.of(), false, Map.of());
    }

    /** Makes a shape whose fields are found by their names; no key-value metadata. */
    public static TargetShape byName(List<TargetField> fields) {
        return new TargetShape(fields, Matching.NAME, Map.of(), Set.of(), false, Map.of());
    }

    /** Returns this shape with other key-value metadata of its own. */
    public TargetShape withMetadata(Map<String, String> other) {
        return new TargetShape(fields, matching, other, keptKeys, followsInputs, bloomFilters);
    }

    /** Returns this shape with other keys that are taken over from the inputs. */
    public TargetShape withKeptKeys(Set<String> other) {
        return new TargetShape(fields, matching, metadata, other, followsInputs, bloomFilters);
    }

    /** Returns this shape, with fields that are required or optional as the inputs have them. */
    public TargetShape followingInputs() {
        return new TargetShape(fields, matching, metadata, keptKeys, true, bloomFilters);
    }

    /** Returns this shape with some fields of the root required. */
    public TargetShape withRequired(Set<String> names) {
        List<TargetField> changed = fields.stream()
                .map(field -> names.contains(field.name()) ? field.required() : field)
                .toList();
        return new TargetShape(changed, matching, metadata, keptKeys, followsInputs, bloomFilters);
    }

    /**
     * Returns this shape with some required fields optional.
     *
     * @param paths of the fields, in which the repeated groups of lists and maps have no name
     */
    public TargetShape withOptional(Set<List<String>> paths) {
        List<TargetField> changed = optional(fields, List.of(), paths);
        return new TargetShape(changed, matching, metadata, keptKeys, followsInputs, bloomFilters);
    }

    private static List<TargetField> optional(List<TargetField> fields, List<String> around, Set<List<String>> paths) {
        List<TargetField> changed = new ArrayList<>();
        for (TargetField field : fields) {
            List<String> path = new ArrayList<>(around);
            if (field.repetition() != Repetition.REPEATED) {
                path.add(field.name());
            }
            TargetField inside = field.isGroup() ? field.with(optional(field.children(), path, paths)) : field;
            boolean named = field.repetition() == Repetition.REQUIRED && paths.contains(path);
            changed.add(named ? inside.with(Repetition.OPTIONAL) : inside);
        }
        return changed;
    }

    /** Returns this shape, with the bloom filters that its table asks for, by field id of the column. */
    public TargetShape withBloomFilters(Map<Integer, BloomFilterForm> other) {
        return new TargetShape(fields, matching, metadata, keptKeys, followsInputs, other);
    }

    /** Returns the schema as the specification's serialized list of {@code SchemaElement}s. */
    public byte[] schemaBytes() {
        return SchemaBytes.of(fields);
    }
}
