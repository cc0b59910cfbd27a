package io.glulam.tables.delta.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.ShapedReport;
import io.glulam.ShapedReport.ColumnFacts;
import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statistics that a new file's own footer tells, for files of which rows are deleted: engines answer {@code min}, {@code max}
 * and {@code count} of numbers and dates from statistics, so that these must be those of the rows that are left.
 */
public final class FoundStatistics {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private FoundStatistics() {}

    /**
     * Returns null counts and bounds as JSON, of columns that are no part of lists and maps.
     *
     * @param fields of the table's schema, without partition columns
     * @param columns of the file
     */
    public static String of(List<DeltaField> fields, List<ColumnFacts> columns) {
        ObjectNode found = NODES.objectNode();
        for (ColumnFacts column : columns) {
            String type = type(fields, column.path());
            if (type == null) {
                continue;
            }
            if (column.nulls() >= 0) {
                put(found, FileStatisticsMerger.NULLS, column.path(), NODES.numberNode(column.nulls()));
            }
            ShapedReport.Bounds bounds = column.bounds();
            JsonNode min = bounds == null ? null : node(type, bounds.min());
            JsonNode max = bounds == null ? null : node(type, bounds.max());
            if (min != null && max != null) {
                put(found, FileStatisticsMerger.MIN, column.path(), min);
                put(found, FileStatisticsMerger.MAX, column.path(), max);
            }
        }
        return found.toString();
    }

    /** Returns whether bounds of a type's values can be found, because every writer has them whole. */
    static boolean areWhole(String type) {
        return switch (type) {
            case "byte", "short", "integer", "long", "float", "double", "date" -> true;
            default -> false;
        };
    }

    private static void put(ObjectNode found, String name, List<String> path, JsonNode value) {
        FileStatisticsMerger.put(found.withObjectProperty(name), path, value);
    }

    /** The type of the column at a path of physical names; null if there is none, or it leads through lists or maps. */
    private static @Nullable String type(List<DeltaField> fields, List<String> path) {
        for (DeltaField field : fields) {
            if (field.physicalName().equals(path.get(0))) {
                List<String> rest = path.subList(1, path.size());
                if (field.type() instanceof DeltaType.Struct struct && !rest.isEmpty()) {
                    return type(struct.fields(), rest);
                }
                boolean value = rest.isEmpty() && field.type() instanceof DeltaType.Primitive;
                return value ? ((DeltaType.Primitive) field.type()).name() : null;
            }
        }
        return null;
    }

    /** A file may have a type from before the column grew wider, which the number of bytes tells. */
    private static @Nullable JsonNode node(String type, byte[] plain) {
        if (!areWhole(type)) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        boolean wide = plain.length == Long.BYTES;
        return switch (type) {
            case "double" -> wide ? floating(bytes.getDouble()) : null; // Four bytes may be those of an integer.
            case "float" -> floating(bytes.getFloat());
            case "date" -> NODES.textNode(LocalDate.ofEpochDay(bytes.getInt()).toString());
            default -> wide ? NODES.numberNode(bytes.getLong()) : NODES.numberNode(bytes.getInt());
        };
    }

    private static @Nullable JsonNode floating(double value) {
        return Double.isFinite(value) ? NODES.numberNode(value) : null;
    }

    private static @Nullable JsonNode floating(float value) {
        return Float.isFinite(value) ? NODES.numberNode(value) : null;
    }
}
