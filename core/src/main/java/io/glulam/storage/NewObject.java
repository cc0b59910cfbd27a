package io.glulam.storage;

import org.jspecify.annotations.Nullable;

/**
 * What is to be written.
 *
 * @param condition what must hold of the key when it is published
 * @param expectedSize bytes that there must be room for; the real size may differ
 * @param like whose attributes the new object gets (rights and owner locally, metadata in stores); null for none
 * @param backup key under which what is replaced stays; null for none. It must be free
 * @param mark tells our own publishing from somebody else's after an answer was lost: attached to the object where the
 *     store can; null for none
 */
public record NewObject(
        PublishCondition condition,
        long expectedSize,
        @Nullable RangeReader like,
        @Nullable String backup,
        @Nullable String mark) {
    /** An object without further wishes. */
    public static NewObject of(PublishCondition condition, long expectedSize) {
        return new NewObject(condition, expectedSize, null, null, null);
    }
}
