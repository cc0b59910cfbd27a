package io.glulam.join;

import io.glulam.storage.ObjectRef;
import io.glulam.storage.RangeReader;
import org.jspecify.annotations.Nullable;

/**
 * A file to be merged, pinned to the version that was there when it was first looked at.
 *
 * @param object where it lies
 * @param size bytes of that version
 * @param version as {@link io.glulam.storage.RangeReader#version}
 * @param held its last bytes, which were read already; null for a local file
 */
public record Input(
        ObjectRef object,
        long size,
        String version,
        @Nullable HeldBytes held) {
    /** A local file, of which nothing is held. */
    public Input(ObjectRef object, long size, String version) {
        this(object, size, version, null);
    }

    /** Whether reads are requests to a store. */
    boolean isRemote() {
        return !isHeldWhole() && object.store().capabilities().remote();
    }

    /** Whether all of its bytes were read by one request, so that no other version can mix with them. */
    boolean isHeldWhole() {
        return held != null && held.from() == 0;
    }

    /**
     * Reads the version that was pinned.
     *
     * @throws io.glulam.error.SourceChanged if it is no longer there, where that is looked at now
     */
    public RangeReader open() {
        RangeReader reader = object.store().reopen(object.key(), size, version);
        return held == null ? reader : new HeldReader(reader, held);
    }

    /** Its name for people. */
    public String name() {
        return object.name();
    }
}
