package io.glulam.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads fields in the order in which they are written. Throws {@link IllegalArgumentException} if anything else comes.
 * Not thread-safe.
 */
final class JsonFields {
    private final JsonParser json;

    JsonFields(JsonParser json) {
        this.json = json;
    }

    /** Reads one element of a list. */
    @FunctionalInterface
    interface Element {
        void read() throws IOException;
    }

    /** Reads the begin of the document. */
    void start() throws IOException {
        expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
    }

    /** Reads the end of the document. */
    void end() throws IOException {
        expect(json.nextToken(), JsonToken.END_OBJECT, "the end");
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("something follows the document");
        }
    }

    String text(String field) throws IOException {
        expect(value(field), JsonToken.VALUE_STRING, "a text in '" + field + "'");
        return json.getText();
    }

    /** Reads a whole number that is not negative. */
    long number(String field) throws IOException {
        expect(value(field), JsonToken.VALUE_NUMBER_INT, "a number in '" + field + "'");
        long number = json.getLongValue();
        if (number < 0) {
            throw new IllegalArgumentException("'" + field + "' is negative");
        }
        return number;
    }

    boolean flag(String field) throws IOException {
        JsonToken token = value(field);
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw new IllegalArgumentException("expected true or false in '" + field + "'");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    List<String> texts(String field) throws IOException {
        expect(value(field), JsonToken.START_ARRAY, "a list in '" + field + "'");
        List<String> texts = new ArrayList<>(1);
        JsonToken token = json.nextToken();
        while (token != JsonToken.END_ARRAY) {
            expect(token, JsonToken.VALUE_STRING, "a text in '" + field + "'");
            texts.add(json.getText());
            token = json.nextToken();
        }
        return texts;
    }

    /** Reads a list of objects; {@code element} reads the fields of each. */
    void each(String field, Element element) throws IOException {
        expect(value(field), JsonToken.START_ARRAY, "a list in '" + field + "'");
        JsonToken token = json.nextToken();
        while (token != JsonToken.END_ARRAY) {
            expect(token, JsonToken.START_OBJECT, "an object in '" + field + "'");
            element.read();
            expect(json.nextToken(), JsonToken.END_OBJECT, "no more fields in '" + field + "'");
            token = json.nextToken();
        }
    }

    private JsonToken value(String field) throws IOException {
        JsonToken token = json.nextToken();
        if (token != JsonToken.FIELD_NAME || !field.equals(json.currentName())) {
            throw new IllegalArgumentException("expected the field '" + field + "'");
        }
        return json.nextToken();
    }

    private static void expect(JsonToken token, JsonToken wanted, String what) {
        if (token != wanted) {
            throw new IllegalArgumentException("expected " + what);
        }
    }
}
