package io.glulam.plan;

import org.jspecify.annotations.Nullable;

/**
 * How one column of a merged row group is made. The bytes are those of the sources, compressed and with their page
 * headers; their sum is the size of the column's chunks in the sources.
 *
 * @param leaf the leaf column's position in the schema
 * @param tier the cheapest tier that is safe and worthwhile
 * @param reason why it is this tier
 * @param bytesMoved bytes that move as they are
 * @param bytesRemapped bytes of pages whose indices are renumbered, and of the dictionaries
 * @param bytesCoalesced bytes of pages that are joined to larger ones
 * @param bytesRecoded bytes of pages whose values are decoded
 * @param expectedBytes the chunk's size expected in the output, an estimate
 * @param recoding how values are encoded; null for the tiers that decode none
 * @param sample what the estimate rests on; null where nothing was sampled
 */
public record ColumnPlan(
        int leaf,
        Tier tier,
        Reason reason,
        long bytesMoved,
        long bytesRemapped,
        long bytesCoalesced,
        long bytesRecoded,
        long expectedBytes,
        @Nullable Recoding recoding,
        @Nullable Sample sample) {
    public ColumnPlan {
        if (leaf < 0
                || bytesMoved < 0
                || bytesRemapped < 0
                || bytesCoalesced < 0
                || bytesRecoded < 0
                || expectedBytes < 0) {
            throw new IllegalArgumentException("a column's position and bytes cannot be negative");
        }
        if (tier == Tier.KEEP) {
            throw new IllegalArgumentException("a column of a merged row group cannot be kept");
        }
        if ((tier == Tier.RECODE) != (recoding != null)) {
            throw new IllegalArgumentException("a column is encoded anew if and only if it is recoded");
        }
    }

    /** Returns the bytes of the column's chunks in the sources. */
    public long sourceBytes() {
        return bytesMoved + bytesRemapped + bytesCoalesced + bytesRecoded;
    }
}
