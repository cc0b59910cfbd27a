package io.glulam.storage;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The attributes of an object that are kept when its bytes are compacted.
 *
 * @param headers content type, cache control and the like, storage class and encryption, by lower-case header name
 * @param metadata what users attached, by lower-case name without the store's prefix
 * @param tags what users tagged it with
 * @param unkeepable names of what else it has and a new object could not be given
 */
public record ObjectAttributes(
        Map<String, String> headers, Map<String, String> metadata, Map<String, String> tags, List<String> unkeepable) {
    /** None. */
    public static final ObjectAttributes NONE = new ObjectAttributes(Map.of(), Map.of(), Map.of(), List.of());

    public ObjectAttributes {
        headers = Map.copyOf(headers);
        metadata = Map.copyOf(metadata);
        tags = Map.copyOf(tags);
        unkeepable = List.copyOf(unkeepable);
    }

    /** Returns these attributes with one more entry of user metadata. */
    public ObjectAttributes withMetadata(String name, String value) {
        Map<String, String> more = new TreeMap<>(metadata);
        more.put(name, value);
        return new ObjectAttributes(headers, more, tags, unkeepable);
    }
}
