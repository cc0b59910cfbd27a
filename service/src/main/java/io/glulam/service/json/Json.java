package io.glulam.service.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes trees. Thread-safe. */
public final class Json {
    private static final int MAX_DEPTH = 20;
    private static final int MAX_STRING = 4 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING)
                            .maxNumberLength(40)
                            .maxNameLength(200)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /**
     * Reads one document and nothing after it.
     *
     * @throws IOException if it is none; the message is one line
     */
    public static JsonNode read(byte[] bytes) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            return node == null ? JsonNodeFactory.instance.missingNode() : node;
        } catch (JsonProcessingException e) {
            // Without the parser's own words on where it reads from.
            String problem = String.valueOf(e.getOriginalMessage())
                    .lines()
                    .findFirst()
                    .orElse("not JSON")
                    .replaceFirst(" ?\\((start marker at|for ).*", "");
            JsonLocation place = e.getLocation();
            throw new IOException(
                    place == null
                            ? problem
                            : problem + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")",
                    e);
        }
    }

    /** Reads what we wrote ourselves. */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we wrote is not JSON", e);
        }
    }

    /** As {@link #parse}; null for null. */
    public static @Nullable JsonNode parseNullable(@Nullable String text) {
        return text == null ? null : parse(text);
    }

    /** On one line. */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** As {@link #text}; null for null. */
    public static @Nullable String textNullable(@Nullable JsonNode node) {
        return node == null ? null : text(node);
    }

    /** In UTF-8. */
    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /**
     * Returns a text of an object that we wrote ourselves.
     *
     * @throws IllegalStateException if the object has no such text
     */
    public static String requireText(JsonNode object, String field) {
        String text = object.path(field).textValue();
        if (text == null) {
            throw new IllegalStateException("the ledger holds an object without the text " + field);
        }
        return text;
    }

    /** Returns the texts of an array that we wrote ourselves; none if there is no array. */
    public static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Writes texts as an array. */
    public static ArrayNode array(Iterable<String> texts) {
        ArrayNode array = array();
        texts.forEach(array::add);
        return array;
    }

    /** Returns a whole number of an object that we wrote ourselves; null if the object does not have it. */
    public static @Nullable Long nullableLong(JsonNode object, String field) {
        JsonNode number = object.path(field);
        return number.isIntegralNumber() ? (Long) number.longValue() : null;
    }

    /** A moment as ISO 8601 in UTC, to the millisecond; null for null. */
    public static @Nullable String time(@Nullable Instant moment) {
        return moment == null
                ? null
                : Instant.ofEpochMilli(moment.toEpochMilli()).toString();
    }
}
