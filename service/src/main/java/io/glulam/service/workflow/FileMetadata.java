package io.glulam.service.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;

/**
 * The result of {@link GetFileMetadata}.
 *
 * @param key of the object
 * @param size its bytes
 * @param etag its version; empty if the result does not have it
 */
record FileMetadata(String key, long size, String etag) {
    private static final String KEY = "bucketKey";
    private static final String SIZE = "size";
    private static final String ETAG = "etag";

    static FileMetadata read(JsonNode result) {
        return new FileMetadata(
                result.path(KEY).asText(),
                result.path(SIZE).longValue(),
                result.path(ETAG).asText());
    }

    ObjectNode toJson() {
        return Json.object().put(KEY, key).put(SIZE, size).put(ETAG, etag);
    }
}
