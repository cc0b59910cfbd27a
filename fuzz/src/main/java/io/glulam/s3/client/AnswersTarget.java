package io.glulam.s3.client;

import io.glulam.error.Place;
import io.glulam.fuzz.Draws;
import io.glulam.fuzz.Mismatch;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a store answers, as text and headers: always understood as something, never an exception of another family. */
public final class AnswersTarget {
    private static final List<String> NAMES = List.of(
            "etag",
            "last-modified",
            "content-length",
            "content-range",
            "x-amz-tagging-count",
            "x-amz-meta-a",
            "retry-after");

    private AnswersTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        int status = 200 + draws.nextInt(400);
        String name = NAMES.get(draws.nextInt(NAMES.size()));
        String text = new String(draws.rest(), StandardCharsets.UTF_8);
        HttpHeaders headers = HttpHeaders.of(Map.of(name, List.of(text)), (header, value) -> true);
        ContentRange.start(text);
        ContentRange.total(text);
        ObjectHead.of(headers, 7);
        StoreResponse response = new StoreResponse(status, headers, text, false);
        String message = ResponseFailures.of(response, Place.of("s3://bucket/key"), "read")
                .getMessage();
        if (message == null || message.isEmpty()) {
            throw new Mismatch("a failure without a message");
        }
        ResponseFailures.isWithoutBucket(response);
        XmlText.all(text, "Contents").forEach(XmlText::unescaped);
        String escaped = "<Key>" + XmlText.escaped(text) + "</Key>";
        if (!text.equals(XmlText.first(escaped, "Key"))) {
            throw new Mismatch("another text when escaped and read again");
        }
        if (!new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .equals(UriText.decoded(UriText.query(text)))) {
            throw new Mismatch("another text when encoded and decoded again");
        }
    }
}
