package io.glulam.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a store tells of an object without opening it.
 *
 * @param key its key
 * @param size its bytes
 * @param version as {@link RangeReader#version}
 * @param modified when it was written
 * @param mark as {@link WriteRequest#mark}; null if the object has none, or the store does not tell it this way
 */
public record ObjectFacts(
        String key,
        long size,
        String version,
        Instant modified,
        @Nullable String mark) {
    /** Returns the same facts under another key. */
    public ObjectFacts withKey(String other) {
        return new ObjectFacts(other, size, version, modified, mark);
    }
}
