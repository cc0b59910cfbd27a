package io.glulam.s3.client;

import io.glulam.storage.ObjectAttributes;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The facts in the headers of an object.
 *
 * @param size bytes of the whole object
 * @param etag its version, with its quotes
 * @param modified when it was written
 * @param attributes headers and metadata that are kept; without tags, which are asked for by themselves
 * @param tagCount how many tags it has; 0 where the store does not tell
 */
public record ObjectHead(long size, String etag, Instant modified, ObjectAttributes attributes, int tagCount) {
    private static final String METADATA = "x-amz-meta-";

    /** Headers of an object that are given to its successor as they are. */
    private static final List<String> KEPT = List.of(
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-type",
            "expires",
            "x-amz-server-side-encryption",
            "x-amz-server-side-encryption-aws-kms-key-id",
            "x-amz-server-side-encryption-bucket-key-enabled",
            "x-amz-storage-class",
            "x-amz-website-redirect-location");

    /** Headers that bind an object in ways that a new one could not repeat. */
    private static final List<String> UNKEEPABLE = List.of(
            "x-amz-missing-meta",
            "x-amz-object-lock-legal-hold",
            "x-amz-object-lock-mode",
            "x-amz-object-lock-retain-until-date",
            "x-amz-server-side-encryption-customer-algorithm");

    static ObjectHead of(HttpHeaders headers, long size) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : KEPT) {
            headers.firstValue(name).ifPresent(value -> kept.put(name, value));
        }
        Map<String, String> metadata = new TreeMap<>();
        headers.map().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(METADATA)) {
                metadata.put(lower.substring(METADATA.length()), String.join(",", values));
            }
        });
        List<String> unkeepable = UNKEEPABLE.stream()
                .filter(name -> headers.firstValue(name).isPresent())
                .toList();
        return new ObjectHead(
                size,
                headers.firstValue("etag").orElse(""),
                modified(headers.firstValue("last-modified").orElse(null)),
                new ObjectAttributes(kept, metadata, Map.of(), unkeepable),
                tagCount(headers.firstValue("x-amz-tagging-count").orElse("0")));
    }

    /** A count that is no number still says that there are tags: they are asked for then, instead of being lost. */
    private static int tagCount(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static Instant modified(@Nullable String date) {
        try {
            return date == null ? Instant.EPOCH : Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    /** The headers that give these attributes to a new object. */
    static Map<String, String> headersFor(ObjectAttributes attributes) {
        Map<String, String> headers = new TreeMap<>(attributes.headers());
        attributes.metadata().forEach((name, value) -> headers.put(METADATA + name, value));
        if (!attributes.tags().isEmpty()) {
            headers.put("x-amz-tagging", UriText.query(attributes.tags()));
        }
        return headers;
    }
}
