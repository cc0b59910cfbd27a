package io.glulam.join;

import io.glulam.storage.StoredObject;

/**
 * A file to be merged, pinned to the version that was there when it was first looked at.
 *
 * @param object where it lies
 * @param size bytes of that version
 * @param version as {@link io.glulam.storage.RangeReader#version}
 */
public record Input(StoredObject object, long size, String version) {
    /** Its name for people. */
    public String name() {
        return object.name();
    }
}
