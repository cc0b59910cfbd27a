package io.glulam.format;

import org.jspecify.annotations.Nullable;

/**
 * The specification's {@code Statistics} of a column chunk or page. Arrays are shared, not copied: nobody changes them.
 *
 * @param max deprecated signed-order maximum as PLAIN bytes without length prefix; null if absent
 * @param min deprecated signed-order minimum; null if absent
 * @param nullCount -1 if absent
 * @param distinctCount -1 if absent
 * @param maxValue maximum under the column's order; null if absent
 * @param minValue minimum under the column's order; null if absent
 * @param maxExact null if absent
 * @param minExact null if absent
 * @param nanCount -1 if absent
 */
@SuppressWarnings("ArrayRecordComponent")
public record Statistics(
        byte @Nullable [] max,
        byte @Nullable [] min,
        long nullCount,
        long distinctCount,
        byte @Nullable [] maxValue,
        byte @Nullable [] minValue,
        @Nullable Boolean maxExact,
        @Nullable Boolean minExact,
        long nanCount) {
    /** Nothing known. */
    public static final Statistics NONE = new Statistics(null, null, -1, -1, null, null, null, null, -1);
}
