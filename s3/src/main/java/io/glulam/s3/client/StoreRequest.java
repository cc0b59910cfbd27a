package io.glulam.s3.client;

import io.glulam.storage.RequestKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request, before it is signed.
 *
 * @param kind what it is charged as
 * @param method of HTTP
 * @param bucket whose
 * @param key of an object; empty for the bucket itself
 * @param query parameters, not encoded
 * @param headers by lower-case name
 * @param body what is sent
 */
record StoreRequest(
        RequestKind kind,
        String method,
        String bucket,
        String key,
        Map<String, String> query,
        Map<String, String> headers,
        RequestBody body) {
    static StoreRequest of(RequestKind kind, String method, String bucket, String key) {
        return new StoreRequest(kind, method, bucket, key, Map.of(), Map.of(), RequestBody.NONE);
    }

    StoreRequest withQuery(String name, String value) {
        Map<String, String> more = new TreeMap<>(query);
        more.put(name, value);
        return new StoreRequest(kind, method, bucket, key, more, headers, body);
    }

    StoreRequest withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new StoreRequest(kind, method, bucket, key, query, more, body);
    }

    StoreRequest withHeaders(Map<String, String> others) {
        Map<String, String> more = new TreeMap<>(headers);
        more.putAll(others);
        return new StoreRequest(kind, method, bucket, key, query, more, body);
    }

    StoreRequest withBody(RequestBody other) {
        return new StoreRequest(kind, method, bucket, key, query, headers, other);
    }
}
