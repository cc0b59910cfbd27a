package io.glulam.testkit.s3;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer.
 *
 * @param status of HTTP
 * @param headers by name
 * @param body its bytes
 * @param length what the header says of them, for an answer to HEAD
 */
record HttpReply(int status, Map<String, String> headers, Extents body, long length) {
    static HttpReply of(int status) {
        return new HttpReply(status, Map.of(), Extents.of(new byte[0]), 0);
    }

    static HttpReply xml(int status, String xml) {
        Extents body =
                Extents.of(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml).getBytes(StandardCharsets.UTF_8));
        return new HttpReply(status, Map.of("Content-Type", "application/xml"), body, body.length());
    }

    static HttpReply error(int status, String code) {
        return xml(status, "<Error><Code>" + code + "</Code><Message>as the rules have it</Message></Error>");
    }

    HttpReply with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new HttpReply(status, more, body, length);
    }

    HttpReply withBody(Extents other) {
        return new HttpReply(status, headers, other, other.length());
    }
}
