package io.glulam.storage;

import org.jspecify.annotations.Nullable;

/**
 * The request for a new object.
 *
 * @param condition what must hold of the key when it is published
 * @param expectedSize bytes that there must be room for; the real size may differ
 * @param like whose attributes the new object gets (rights and owner locally, metadata in stores); null for none
 * @param backup key under which what is replaced stays; null for none. It must be free
 * @param mark tells this run's own publishing from another process's after an answer was lost: attached to the object where the
 *     store can; null for none
 * @param spools makes a place for what was written and is not published yet, where the store has none
 */
public record WriteRequest(
        PublishCondition condition,
        long expectedSize,
        @Nullable RangeReader like,
        @Nullable String backup,
        @Nullable String mark,
        RangeSpool.Factory spools) {
    /** Returns a request for an object without attributes to keep, backup or mark. */
    public static WriteRequest of(PublishCondition condition, long expectedSize, RangeSpool.Factory spools) {
        return new WriteRequest(condition, expectedSize, null, null, null, spools);
    }
}
