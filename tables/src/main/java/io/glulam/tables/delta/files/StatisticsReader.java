package io.glulam.tables.delta.files;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads statistics so that a number stays what its text says: a decimal keeps all digits, and −0, which no {@link BigDecimal}
 * is, its sign. Readers that compare floating-point numbers by their total order skip −0 by a bound of 0.
 */
final class StatisticsReader {
    private static final ObjectMapper JSON = FileStatisticsMerger.JSON;

    private StatisticsReader() {}

    /** Reads a document; a missing node if there is none. */
    static JsonNode read(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return parser.nextToken() == null ? JSON.missingNode() : value(parser);
        }
    }

    /** Reads the value that begins with the parser's token. */
    private static JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_FLOAT -> number(parser);
            default -> JSON.readTree(parser);
        };
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        ObjectNode object = JSON.createObjectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) throws IOException {
        ArrayNode array = JSON.createArrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        BigDecimal number = parser.getDecimalValue();
        boolean minusZero = number.signum() == 0 && parser.getText().startsWith("-");
        return minusZero
                ? JSON.getNodeFactory().numberNode(-0.0)
                : JSON.getNodeFactory().numberNode(number);
    }
}
