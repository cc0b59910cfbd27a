package io.glulam.testkit.generate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The rows of a recipe in files of different schemas, as they come from a table that changes and from several writers: in
 * each file, optional fields may be missing, required ones optional, fields lie in another order, and the groups within
 * lists and maps have other names.
 */
public final class SchemaVariants {
    private final FileRecipe recipe;
    private final Random random;
    private final List<Path> pieces = new ArrayList<>();
    private Optional<Field> union = Optional.empty();

    /** A field of a variant: where it comes from and what became of it. */
    private static final class Field {
        final Type source;
        final int index;
        final String name;
        Repetition repetition;
        final List<Field> children = new ArrayList<>();

        Field(Type source, int index, String name, Repetition repetition) {
            this.source = source;
            this.index = index;
            this.name = name;
            this.repetition = repetition;
        }

        Optional<Field> child(int wanted) {
            return children.stream().filter(child -> child.index == wanted).findFirst();
        }

        Type type() {
            Type type = source.isPrimitive() ? leaf(source.asPrimitiveType()) : group();
            return source.getId() == null ? type : type.withId(source.getId().intValue());
        }

        private Type leaf(PrimitiveType leaf) {
            return Types.primitive(leaf.getPrimitiveTypeName(), repetition)
                    .length(leaf.getTypeLength())
                    .as(leaf.getLogicalTypeAnnotation())
                    .named(name);
        }

        private Type group() {
            Type[] fields = children.stream().map(Field::type).toArray(Type[]::new);
            return Types.buildGroup(repetition)
                    .as(source.getLogicalTypeAnnotation())
                    .addFields(fields)
                    .named(name);
        }
    }

    private SchemaVariants(FileRecipe recipe, long seed) {
        this.recipe = recipe;
        this.random = new Random(Seeds.derive(seed, "variants"));
    }

    /**
     * Writes each row group of a recipe to a file of its own, in a schema of its own.
     *
     * @param whole gets the rows of all files, in the schema that fits all of them
     * @return the files, in the order of the rows
     */
    public static List<Path> write(FileRecipe recipe, Path whole, Path folder) throws IOException {
        SchemaVariants variants = new SchemaVariants(recipe, recipe.seed());
        List<Field> schemas = new ArrayList<>();
        for (int i = 0; i < recipe.fragments().size(); i++) {
            schemas.add(variants.variant());
        }
        variants.writePieces(schemas, folder);
        variants.writeWhole(schemas, whole);
        return variants.pieces;
    }

    private Field variant() {
        Field root = new Field(recipe.schema(), 0, recipe.schema().getName(), Repetition.REPEATED);
        addFields(root, true);
        if (union.isEmpty()) {
            union = Optional.of(copy(root));
        } else {
            merge(union.get(), root);
        }
        return root;
    }

    /** @param first whether the first field always stays */
    private void addFields(Field group, boolean first) {
        GroupType type = group.source.asGroupType();
        for (int i = 0; i < type.getFieldCount(); i++) {
            Type source = type.getType(i);
            boolean stays = first && i == 0 || !source.isRepetition(Repetition.OPTIONAL) || random.nextInt(3) > 0;
            boolean last = i == type.getFieldCount() - 1 && group.children.isEmpty();
            if (stays || last) {
                group.children.add(field(source, i, source.getName()));
            }
        }
        Collections.shuffle(group.children, random);
    }

    private Field field(Type source, int index, String name) {
        boolean relaxed = source.isRepetition(Repetition.REQUIRED) && random.nextBoolean();
        Field field = new Field(source, index, name, relaxed ? Repetition.OPTIONAL : source.getRepetition());
        if (source.isPrimitive()) {
            return field;
        }
        LogicalTypeAnnotation annotation = source.getLogicalTypeAnnotation();
        if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            addRepeated(
                    field, random.nextBoolean() ? "list" : "bag", List.of(random.nextBoolean() ? "element" : "item"));
        } else if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
            addRepeated(field, random.nextBoolean() ? "key_value" : "map", List.of("key", "value"));
        } else {
            addFields(field, false);
        }
        return field;
    }

    private void addRepeated(Field group, String name, List<String> names) {
        Type source = group.source.asGroupType().getType(0);
        Field repeated = new Field(source, 0, name, source.getRepetition());
        for (int i = 0; i < names.size(); i++) {
            Type child = source.asGroupType().getType(i);
            boolean isKey = names.get(i).equals("key");
            repeated.children.add(
                    isKey ? new Field(child, i, "key", child.getRepetition()) : field(child, i, names.get(i)));
        }
        group.children.add(repeated);
    }

    private static Field copy(Field field) {
        Field copy = new Field(field.source, field.index, field.name, field.repetition);
        field.children.forEach(child -> copy.children.add(copy(child)));
        return copy;
    }

    /** Fields that the union does not have yet come last in their group. */
    private static void merge(Field union, Field variant) {
        if (variant.repetition == Repetition.OPTIONAL) {
            union.repetition = Repetition.OPTIONAL;
        }
        for (Field child : variant.children) {
            union.child(child.index)
                    .ifPresentOrElse(known -> merge(known, child), () -> union.children.add(copy(child)));
        }
    }

    private static MessageType message(Field root) {
        return new MessageType(
                root.name, root.children.stream().map(Field::type).toList());
    }

    private void writePieces(List<Field> schemas, Path folder) throws IOException {
        RowGenerator rows = recipe.rowGenerator();
        for (int i = 0; i < schemas.size(); i++) {
            Field schema = schemas.get(i);
            Fragment fragment = recipe.fragments().get(i);
            Path file = folder.resolve("part-%05d.parquet".formatted(i));
            try (GroupFileWriter writer = writer(file, message(schema), fragment)) {
                writer.writeRowGroup(fragment.settings(), converted(rows, schema, schema), fragment.rows());
            }
            pieces.add(file);
        }
    }

    private void writeWhole(List<Field> schemas, Path whole) throws IOException {
        Field all = union.orElseThrow();
        RowGenerator rows = recipe.rowGenerator();
        try (GroupFileWriter writer =
                writer(whole, message(all), recipe.fragments().get(0))) {
            for (int i = 0; i < schemas.size(); i++) {
                Fragment fragment = recipe.fragments().get(i);
                writer.writeRowGroup(fragment.settings(), converted(rows, all, schemas.get(i)), fragment.rows());
            }
        }
    }

    private GroupFileWriter writer(Path file, MessageType schema, Fragment fragment) throws IOException {
        boolean checksums = fragment.settings().has(WriterSettings.Feature.CHECKSUMS);
        return GroupFileWriter.create(file, schema, recipe.metadata(), checksums);
    }

    /** The rows in a schema, without the fields that {@code kept} does not have. */
    private static Iterator<Group> converted(RowGenerator rows, Field schema, Field kept) {
        MessageType message = message(schema);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Group next() {
                Group row = new SimpleGroup(message);
                copy(rows.next(), row, schema, kept);
                return row;
            }
        };
    }

    private static void copy(Group from, Group to, Field schema, Field kept) {
        for (int i = 0; i < schema.children.size(); i++) {
            Field field = schema.children.get(i);
            Optional<Field> known = kept.child(field.index);
            int count = known.isEmpty() ? 0 : from.getFieldRepetitionCount(field.index);
            for (int k = 0; k < count; k++) {
                if (field.source.isPrimitive()) {
                    copyValue(from, field, k, to, i);
                } else {
                    copy(from.getGroup(field.index, k), to.addGroup(i), field, known.orElseThrow());
                }
            }
        }
    }

    private static void copyValue(Group from, Field field, int k, Group to, int i) {
        switch (field.source.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> to.add(i, from.getInteger(field.index, k));
            case INT64 -> to.add(i, from.getLong(field.index, k));
            case FLOAT -> to.add(i, from.getFloat(field.index, k));
            case DOUBLE -> to.add(i, from.getDouble(field.index, k));
            case BOOLEAN -> to.add(i, from.getBoolean(field.index, k));
            case INT96 -> to.add(i, from.getInt96(field.index, k));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> to.add(i, from.getBinary(field.index, k));
        }
    }
}
