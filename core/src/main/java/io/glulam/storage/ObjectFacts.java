package io.glulam.storage;

import java.time.Instant;

/**
 * What a store tells of an object without opening it.
 *
 * @param key its key
 * @param size its bytes
 * @param version as {@link RangeReader#version}
 * @param modified when it was written
 */
public record ObjectFacts(String key, long size, String version, Instant modified) {}
