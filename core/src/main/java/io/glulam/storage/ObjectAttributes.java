package io.glulam.storage;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an object has besides its bytes and is kept when its bytes are compacted.
 *
 * @param headers content type, cache control and the like, storage class and encryption, by lower-case header name
 * @param metadata what users attached, by lower-case name without the store's prefix
 * @param tags what users tagged it with
 */
public record ObjectAttributes(Map<String, String> headers, Map<String, String> metadata, Map<String, String> tags) {
    /** None. */
    public static final ObjectAttributes NONE = new ObjectAttributes(Map.of(), Map.of(), Map.of());

    public ObjectAttributes {
        headers = Map.copyOf(headers);
        metadata = Map.copyOf(metadata);
        tags = Map.copyOf(tags);
    }

    /** The same with one more entry of user metadata. */
    public ObjectAttributes withMetadata(String name, String value) {
        Map<String, String> more = new TreeMap<>(metadata);
        more.put(name, value);
        return new ObjectAttributes(headers, more, tags);
    }
}
