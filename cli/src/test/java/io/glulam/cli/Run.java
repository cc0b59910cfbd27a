package io.glulam.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of the command inside this process came to.
 *
 * @param code its exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record Run(int code, String out, String err) {
    /** Runs in a pipe of 80 columns. */
    static Run of(Object... arguments) {
        return on(Terminal.NONE, arguments);
    }

    static Run on(Terminal terminal, Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Output output = new Output(out, err, StandardCharsets.UTF_8, terminal);
        int code =
                Main.run(output, Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The JSON documents on standard output, one a line, as maps, lists and scalars. */
    List<Object> documents() {
        List<Object> documents = new ArrayList<>();
        out.lines().forEach(line -> documents.add(parse(line)));
        return documents;
    }

    /** The only JSON document on standard output. */
    @SuppressWarnings("unchecked")
    Map<String, Object> document() {
        List<Object> documents = documents();
        if (documents.size() != 1) {
            throw new AssertionError(documents.size() + " documents in: " + out);
        }
        return (Map<String, Object>) documents.get(0);
    }

    static Object parse(String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            parser.nextToken();
            Object value = value(parser);
            if (parser.nextToken() != null) {
                throw new AssertionError("more than one value in: " + json);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Object> array = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }
}
