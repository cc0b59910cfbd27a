package io.glulam.testkit.s3;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as it came.
 *
 * @param method of HTTP
 * @param bucket the path's first name
 * @param key the rest of the path; empty for the bucket
 * @param query parameters
 * @param headers by lower-case name
 * @param body all of it
 */
public record HttpMessage(
        String method, String bucket, String key, Map<String, String> query, Map<String, String> headers, byte[] body) {
    private static final int MAX_LINE = 64 << 10;

    static HttpMessage read(InputStream in) throws IOException {
        String first = line(in);
        if (first == null) {
            return null;
        }
        String[] words = first.split(" ", -1);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        int mark = words[1].indexOf('?');
        String path = mark < 0 ? words[1] : words[1].substring(0, mark);
        int slash = path.indexOf('/', 1);
        return new HttpMessage(
                words[0],
                decoded(slash < 0 ? path.substring(1) : path.substring(1, slash)),
                slash < 0 ? "" : decoded(path.substring(slash + 1)),
                mark < 0 ? Map.of() : parameters(words[1].substring(mark + 1)),
                headers,
                body);
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            parameters.put(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                if (bytes.size() == 0) {
                    return null;
                }
                throw new EOFException("in the middle of a line");
            }
            bytes.write(b);
            if (bytes.size() > MAX_LINE) {
                throw new IOException("a line of more than " + MAX_LINE + " bytes");
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    String header(String name) {
        return headers.get(name);
    }

    boolean asks(String parameter) {
        return query.containsKey(parameter);
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** What kind of request this is, by the protocol's names. */
    public Operation operation() {
        return switch (method) {
            case "GET" ->
                key.isEmpty()
                        ? asks("uploads") ? Operation.LIST_UPLOADS : Operation.LIST
                        : asks("tagging")
                                ? Operation.GET_TAGS
                                : asks("uploadId") ? Operation.LIST_PARTS : Operation.GET;
            case "HEAD" -> Operation.HEAD;
            case "PUT" ->
                asks("partNumber")
                        ? header("x-amz-copy-source") == null ? Operation.UPLOAD_PART : Operation.COPY_PART
                        : Operation.PUT;
            case "POST" -> asks("uploads") ? Operation.CREATE_UPLOAD : Operation.COMPLETE_UPLOAD;
            default -> asks("uploadId") ? Operation.ABORT_UPLOAD : Operation.DELETE;
        };
    }
}
