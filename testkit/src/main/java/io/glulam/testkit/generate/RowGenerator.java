package io.glulam.testkit.generate;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The endless sequence of rows of a seed and a schema. The rows do not depend on how the file is cut into row groups.
 * Not thread-safe.
 */
public final class RowGenerator implements Iterator<Group> {
    private static final int MAX_LIST = 5;

    private final MessageType schema;
    private final Random structure;
    private final Map<String, LeafValues> leaves = new HashMap<>();

    /**
     * @param shapes the shape of each leaf by its dotted path; leaves without one get a random shape
     */
    public RowGenerator(long seed, MessageType schema, Map<String, ValueShape> shapes) {
        this.schema = schema;
        this.structure = new Random(Seeds.derive(seed, "structure"));
        for (var column : schema.getColumns()) {
            String path = String.join(".", column.getPath());
            long leafSeed = Seeds.derive(seed, path);
            ValueShape shape = shapes.getOrDefault(path, anyShape(leafSeed));
            leaves.put(path, new LeafValues(LeafKind.of(column.getPrimitiveType()), shape, leafSeed));
        }
    }

    private static ValueShape anyShape(long seed) {
        ValueShape[] shapes = ValueShape.values();
        return shapes[new Random(seed).nextInt(shapes.length)];
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Group next() {
        Group row = new SimpleGroup(schema);
        fill(row, schema, "");
        return row;
    }

    private void fill(Group group, GroupType type, String prefix) {
        for (int i = 0; i < type.getFieldCount(); i++) {
            Type field = type.getType(i);
            String path = prefix + field.getName();
            if (field.isPrimitive()) {
                addLeaves(group, i, field, leaves.get(path));
            } else if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
                addEntries(group, field.asGroupType(), path);
            } else {
                addGroups(group, i, field.asGroupType(), path);
            }
        }
    }

    private void addLeaves(Group group, int field, Type type, LeafValues values) {
        switch (type.getRepetition()) {
            case REQUIRED -> add(group, field, values.next());
            case OPTIONAL -> {
                if (!values.nextIsNull()) {
                    add(group, field, values.next());
                }
            }
            case REPEATED -> {
                for (int count = length(); count > 0; count--) {
                    add(group, field, values.next());
                }
            }
        }
    }

    private void addGroups(Group group, int field, GroupType type, String path) {
        int count = type.isRepetition(Repetition.REPEATED) ? length() : present(type) ? 1 : 0;
        for (; count > 0; count--) {
            fill(group.addGroup(field), type, path + ".");
        }
    }

    /** The entries of a map: its keys are required, first and distinct. */
    private void addEntries(Group map, GroupType entries, String path) {
        int count = length();
        int start = structure.nextInt(50);
        for (int i = 0; i < count; i++) {
            Group entry = map.addGroup(0);
            add(entry, 0, leaves.get(path + ".key").distinct(start + i));
            Type value = entries.getType(1);
            if (value.isPrimitive()) {
                addLeaves(entry, 1, value, leaves.get(path + ".value"));
            } else {
                addGroups(entry, 1, value.asGroupType(), path + ".value");
            }
        }
    }

    private boolean present(GroupType type) {
        return type.isRepetition(Repetition.REQUIRED) || structure.nextInt(5) > 0;
    }

    private int length() {
        return structure.nextInt(3) == 0 ? 0 : 1 + structure.nextInt(MAX_LIST);
    }

    private static void add(Group group, int field, Object value) {
        if (value instanceof Integer number) {
            group.add(field, number.intValue());
        } else if (value instanceof Long number) {
            group.add(field, number.longValue());
        } else if (value instanceof Float number) {
            group.add(field, number.floatValue());
        } else if (value instanceof Double number) {
            group.add(field, number.doubleValue());
        } else if (value instanceof Boolean truth) {
            group.add(field, truth.booleanValue());
        } else {
            group.add(field, (Binary) value);
        }
    }
}
