package io.glulam.storage;

/**
 * One version of an object in a store: the source of copies inside that store.
 *
 * @param store that holds it
 * @param key under which it lies
 * @param version as {@link RangeReader#version}
 * @param size its bytes
 */
public record ObjectVersion(ObjectStore store, String key, String version, long size) {}
