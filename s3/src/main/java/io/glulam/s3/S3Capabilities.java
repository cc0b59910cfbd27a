package io.glulam.s3;

import io.glulam.storage.PartLimits;
import io.glulam.storage.StoreCapabilities;
import java.util.Collection;
import java.util.List;

/** What well-known stores can do. Others are like one of them, as {@link S3Probe} finds out. */
public final class S3Capabilities {
    private static final long SMALLEST_PART = 5L << 20;
    private static final long LARGEST_PART = 5L << 30;
    private static final int MOST_PARTS = 10_000;

    /** Amazon S3: parts of any sizes, everything conditional. */
    public static final StoreCapabilities S3 = new StoreCapabilities(
            true,
            new PartLimits(SMALLEST_PART, LARGEST_PART, MOST_PARTS, false, true, SMALLEST_PART + 1),
            true,
            true,
            true);

    /** Cloudflare R2: parts of one size; a copied part cannot be tied to the source's version. */
    public static final StoreCapabilities R2 = new StoreCapabilities(
            true, new PartLimits(SMALLEST_PART, LARGEST_PART, MOST_PARTS, true, true, 0), false, true, true);

    /** The words for what a store may lack. */
    public static final List<String> ABILITIES =
            List.of("part-copy", "conditional-source", "free-parts", "conditional-publish", "suffix-ranges");

    private S3Capabilities() {}

    /** {@code base} without copies inside the store: everything is downloaded and uploaded. */
    public static StoreCapabilities withoutPartCopy(StoreCapabilities base) {
        PartLimits parts = base.parts();
        return new StoreCapabilities(
                base.remote(),
                new PartLimits(
                        parts.smallest(),
                        parts.largest(),
                        parts.most(),
                        parts.uniform(),
                        false,
                        parts.smallestSource()),
                base.conditionalSource(),
                base.conditionalPublish(),
                base.suffixRanges());
    }

    /** {@code base} with parts of one size, or free ones. */
    public static StoreCapabilities withUniformParts(StoreCapabilities base, boolean uniform) {
        PartLimits parts = base.parts();
        return new StoreCapabilities(
                base.remote(),
                new PartLimits(
                        parts.smallest(),
                        parts.largest(),
                        parts.most(),
                        uniform,
                        parts.copies(),
                        parts.smallestSource()),
                base.conditionalSource(),
                base.conditionalPublish(),
                base.suffixRanges());
    }

    /** {@code base} with or without conditions on copied sources, on publishing, and reads of the last bytes. */
    public static StoreCapabilities with(
            StoreCapabilities base, boolean conditionalSource, boolean conditionalPublish, boolean suffixRanges) {
        return new StoreCapabilities(base.remote(), base.parts(), conditionalSource, conditionalPublish, suffixRanges);
    }

    /**
     * {@code base} without what a store lacks.
     *
     * @param lacking words of {@link #ABILITIES}
     * @throws IllegalArgumentException with a sentence for people, if a word is none of them
     */
    public static StoreCapabilities without(StoreCapabilities base, Collection<String> lacking) {
        for (String word : lacking) {
            if (!ABILITIES.contains(word)) {
                throw new IllegalArgumentException("'" + word + "' is none of " + String.join(", ", ABILITIES));
            }
        }
        StoreCapabilities found = with(
                base,
                base.conditionalSource() && !lacking.contains("conditional-source"),
                base.conditionalPublish() && !lacking.contains("conditional-publish"),
                base.suffixRanges() && !lacking.contains("suffix-ranges"));
        found = lacking.contains("part-copy") ? withoutPartCopy(found) : found;
        return lacking.contains("free-parts") ? withUniformParts(found, true) : found;
    }
}
