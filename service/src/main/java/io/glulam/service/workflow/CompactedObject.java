package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The result of {@link AnalyzeAndCompact}, as far as later steps go by it.
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
    /** Reads the result of this instance's third step. */
    static CompactedObject of(StepContext context) {
        JsonNode result = context.result(AnalyzeAndCompact.NAME);
        return new CompactedObject(
                result.path(AnalyzeAndCompact.TARGET).textValue(),
                result.path(AnalyzeAndCompact.VERSION).textValue(),
                result.path(AnalyzeAndCompact.SOURCE_VERSION).textValue(),
                result.path(AnalyzeAndCompact.SIZE).longValue(),
                publishedAt(result));
    }

    /** Returns when a step has published what its result tells of; null if it has published nothing. */
    static @Nullable Instant publishedAt(JsonNode result) {
        return result.path(AnalyzeAndCompact.PUBLISHED).booleanValue()
                ? Instant.parse(result.path(AnalyzeAndCompact.PUBLISHED_AT).textValue())
                : null;
    }
}
