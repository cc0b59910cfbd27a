package io.glulam.s3.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Percent-encoding as signatures want it: everything but unreserved characters, in upper case. */
final class UriText {
    private static final String UNRESERVED = "-_.~";

    private UriText() {}

    /** A key as a path: slashes stay. */
    static String path(String key) {
        return encode(key, true);
    }

    /** A name or a value of a query. */
    static String query(String text) {
        return encode(text, false);
    }

    /** A whole query: sorted, {@code name=value} joined by ampersands. */
    static String query(Map<String, String> parameters) {
        SortedMap<String, String> sorted = new TreeMap<>();
        parameters.forEach((name, value) -> sorted.put(query(name), query(value)));
        StringBuilder text = new StringBuilder();
        sorted.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(value));
        return text.toString();
    }

    /** Decodes percent-encoded text as listings have it, where a plus sign stands for a space. */
    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text, boolean keepSlashes) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            if (plain || keepSlashes && c == '/') {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", each & 0xFF));
            }
        }
        return encoded.toString();
    }
}
