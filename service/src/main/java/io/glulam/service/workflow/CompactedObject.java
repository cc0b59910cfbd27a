package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The object that {@link AnalyzeAndCompact} leaves. Its result holds these fields among others, and later steps read them.
 *
 * @param key under which the object lies now
 * @param version that it has there
 * @param sourceVersion that it had before
 * @param size its bytes
 * @param publishedAt null if nothing was published
 */
record CompactedObject(
        String key,
        String version,
        String sourceVersion,
        long size,
        @Nullable Instant publishedAt) {
    static final String KEY = "bucketKey";
    static final String SIZE = "size";
    static final String VERSION = "version";
    static final String PUBLISHED = "published";
    static final String PUBLISHED_AT = "publishedAt";
    private static final String SOURCE_VERSION = "sourceVersion";

    /** Reads the result of this instance's third step. */
    static CompactedObject of(StepContext context) {
        return read(context.result(AnalyzeAndCompact.NAME));
    }

    static CompactedObject read(JsonNode result) {
        return new CompactedObject(
                Json.requireText(result, KEY),
                Json.requireText(result, VERSION),
                Json.requireText(result, SOURCE_VERSION),
                result.path(SIZE).longValue(),
                result.path(PUBLISHED).booleanValue() ? Instant.parse(Json.requireText(result, PUBLISHED_AT)) : null);
    }

    /** Writes these fields into the step's result. */
    void write(ObjectNode result) {
        result.put(PUBLISHED, publishedAt != null);
        if (publishedAt != null) {
            result.put(PUBLISHED_AT, publishedAt.toString());
        }
        result.put(KEY, key);
        result.put(SOURCE_VERSION, sourceVersion);
        result.put(VERSION, version);
        result.put(SIZE, size);
    }
}
