package io.glulam.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body all of it
 * @param headers besides those that every answer has
 */
@SuppressWarnings("ArrayRecordComponent")
record Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    static Response json(int status, JsonNode json) {
        return new Response(status, "application/json", Json.bytes(json), Map.of());
    }

    static Response text(int status, String contentType, String text) {
        return new Response(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, contentType, body, more);
    }
}
