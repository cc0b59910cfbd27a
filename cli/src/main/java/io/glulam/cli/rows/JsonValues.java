package io.glulam.cli.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.format.Repetition;
import io.glulam.format.SchemaNode;
import io.glulam.rows.MapEntries;
import io.glulam.rows.NestedTypes;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values as JSON: numbers as numbers, but NaN and the infinities as text, which JSON has no numbers for; dates, times and
 * bytes as text; groups as objects; a map as an object if its keys are text, else as a list of keys and values.
 */
final class JsonValues {
    private JsonValues() {}

    /** Writes the columns of a row as an object. */
    static void writeFields(JsonGenerator json, List<SchemaNode> nodes, @Nullable Object[] values) throws IOException {
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            json.writeFieldName(nodes.get(i).name());
            writeField(json, nodes.get(i), values[i]);
        }
        json.writeEndObject();
    }

    /** Writes the value of a field: a list if the field repeats. */
    static void writeField(JsonGenerator json, SchemaNode node, @Nullable Object value) throws IOException {
        if (value instanceof List<?> list && node.repetition() == Repetition.REPEATED) {
            writeList(json, node, list);
        } else {
            write(json, node, value);
        }
    }

    /** Writes a value of that node; of one that repeats, a single one. */
    private static void write(JsonGenerator json, SchemaNode node, @Nullable Object value) throws IOException {
        if (value instanceof List<?> list) {
            writeList(json, NestedTypes.elementOf(node), list);
        } else if (value instanceof MapEntries map) {
            writeMap(json, node.children().get(0), map);
        } else if (value instanceof Object[] fields) {
            writeFields(json, node.children(), fields);
        } else {
            writeScalar(json, value);
        }
    }

    private static void writeList(JsonGenerator json, SchemaNode element, List<?> values) throws IOException {
        json.writeStartArray();
        for (Object value : values) {
            write(json, element, value);
        }
        json.writeEndArray();
    }

    private static void writeMap(JsonGenerator json, SchemaNode entries, MapEntries map) throws IOException {
        SchemaNode key = entries.children().get(0);
        SchemaNode value = entries.children().get(1);
        boolean named = map.keys().stream().allMatch(String.class::isInstance);
        if (named) {
            json.writeStartObject();
        } else {
            json.writeStartArray();
        }
        for (int i = 0; i < map.keys().size(); i++) {
            if (named) {
                json.writeFieldName(String.valueOf(map.keys().get(i)));
                writeField(json, value, map.values().get(i));
            } else {
                json.writeStartObject();
                json.writeFieldName("key");
                writeField(json, key, map.keys().get(i));
                json.writeFieldName("value");
                writeField(json, value, map.values().get(i));
                json.writeEndObject();
            }
        }
        if (named) {
            json.writeEndObject();
        } else {
            json.writeEndArray();
        }
    }

    private static void writeScalar(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Integer number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number.toPlainString());
        } else if (value instanceof Float number && Float.isFinite(number)) {
            json.writeNumber(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeString(ValueText.scalar(value));
        }
    }
}
