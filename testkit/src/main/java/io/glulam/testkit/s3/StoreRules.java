package io.glulam.testkit.s3;

/**
 * What a strict store allows.
 *
 * @param smallestPart bytes of every part but the last
 * @param mostParts of one object
 * @param uniformParts whether all parts but the last must have one size, and the last may not be larger
 * @param partCopy whether a part can be copied; 501 otherwise
 * @param conditionalSource whether {@code x-amz-copy-source-if-match} is understood; 501 otherwise
 * @param conditionalPublish whether conditions on PUT and Complete are kept; they are ignored otherwise
 * @param suffixRanges whether {@code bytes=-N} is understood; otherwise the whole object comes with status 200
 * @param smallestCopySource bytes that the source of a copied range must have
 * @param listsUploads whether unfinished uploads can be listed; 501 otherwise
 * @param millisBetweenWrites to one key, less is answered by 429; 0 for any
 */
public record StoreRules(
        long smallestPart,
        int mostParts,
        boolean uniformParts,
        boolean partCopy,
        boolean conditionalSource,
        boolean conditionalPublish,
        boolean suffixRanges,
        long smallestCopySource,
        boolean listsUploads,
        long millisBetweenWrites) {
    /** As Amazon S3 does. */
    public static final StoreRules S3 =
            new StoreRules(5 << 20, 10_000, false, true, true, true, true, (5 << 20) + 1, true, 0);

    /** As Cloudflare's R2 does. */
    public static final StoreRules R2 = new StoreRules(5 << 20, 10_000, true, true, false, true, true, 0, true, 0);

    /** The same with other smallest parts, so that small objects have many. */
    public StoreRules withSmallestPart(long bytes) {
        return new StoreRules(
                bytes,
                mostParts,
                uniformParts,
                partCopy,
                conditionalSource,
                conditionalPublish,
                suffixRanges,
                Math.min(smallestCopySource, bytes),
                listsUploads,
                millisBetweenWrites);
    }

    /** The same with 429 for a key that was written less than so many milliseconds ago. */
    public StoreRules withMillisBetweenWrites(long millis) {
        return new StoreRules(
                smallestPart,
                mostParts,
                uniformParts,
                partCopy,
                conditionalSource,
                conditionalPublish,
                suffixRanges,
                smallestCopySource,
                listsUploads,
                millis);
    }

    /** The same without what few stores have. */
    public StoreRules plain() {
        return new StoreRules(
                smallestPart, mostParts, uniformParts, false, false, false, false, 0, false, millisBetweenWrites);
    }
}
