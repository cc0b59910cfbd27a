package io.glulam.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A request that has passed the {@link Guard}. */
final class Request {
    private static final int MAX_BODY_BYTES = 64 << 10;
    /** Of a body that is too large: more than is sent by mistake. */
    private static final long MAX_DISCARDED_BYTES = 8 << 20;

    private static final int MAX_QUERY_CHARACTERS = 4096;

    private final HttpExchange exchange;
    private final Map<String, String> parameters;
    private final Access access;

    /** @param parameters out of the path */
    Request(HttpExchange exchange, Map<String, String> parameters, Access access) {
        this.exchange = exchange;
        this.parameters = Map.copyOf(parameters);
        this.access = access;
    }

    HttpExchange exchange() {
        return exchange;
    }

    /** Returns the objects that the sender may touch. */
    Access access() {
        return access;
    }

    /** A part of the path. */
    String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no " + name);
        }
        return value;
    }

    @Nullable
    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** The body, which must be JSON of bounded size. */
    JsonNode body() {
        return body(MAX_BODY_BYTES);
    }

    /** As {@link #body()}, of another size at most. */
    JsonNode body(int mostBytes) {
        byte[] bytes = bytes(mostBytes);
        try {
            return Json.read(bytes);
        } catch (IOException e) {
            throw new ApiError(400, "InvalidJson", "the body is not JSON: " + e.getMessage());
        }
    }

    /** The body as it came. */
    private byte[] bytes(int mostBytes) {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                discard(in);
                throw new ApiError(413, "BodyTooLarge", "a body has at most " + mostBytes + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new ApiError(400, "BodyIncomplete", "the body ended early: " + e.getMessage());
        }
    }

    /** A client that is still sending when the connection ends may never see the answer. */
    private static void discard(InputStream in) throws IOException {
        byte[] buffer = new byte[8 << 10];
        long left = MAX_DISCARDED_BYTES;
        for (int count = 0; left > 0 && count >= 0; left -= count) {
            count = in.read(buffer);
        }
    }

    /**
     * The query's parameters; of those named twice the last.
     *
     * @throws ApiError for one that is none of {@code known}: it would have been meant to do something
     */
    Map<String, String> query(String... known) {
        Map<String, String> query = parsedQuery();
        Set<String> unknown = new TreeSet<>(query.keySet());
        List.of(known).forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            String name = unknown.iterator().next();
            throw new ApiError(400, "InvalidQuery", "is unknown; known are " + String.join(", ", known), name, null);
        }
        return query;
    }

    private Map<String, String> parsedQuery() {
        String raw = exchange.getRequestURI().getRawQuery();
        Map<String, String> query = new HashMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        if (raw.length() > MAX_QUERY_CHARACTERS) {
            throw new ApiError(400, "InvalidQuery", "the query is too long");
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.put(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return query;
    }

    /** A whole number out of the query. */
    int number(String name, int otherwise, int most) {
        String text = parsedQuery().get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number < 1 || number > most) {
                throw new ApiError(400, "InvalidQuery", "must be 1 to " + most, name, null);
            }
            return number;
        } catch (NumberFormatException e) {
            throw new ApiError(400, "InvalidQuery", "must be a number", name, null);
        }
    }

    static String decode(String text) {
        String decoded;
        try {
            decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiError(400, "InvalidPath", "the address is not percent-encoded as it should be");
        }
        if (decoded.indexOf('\0') >= 0) {
            // Not every database takes it for a character.
            throw new ApiError(400, "InvalidPath", "the address holds a NUL character");
        }
        return decoded;
    }
}
