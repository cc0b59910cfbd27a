package io.glulam.s3;

import io.glulam.storage.PartLimits;
import io.glulam.storage.StoreCapabilities;

/** The capabilities of well-known stores. Others are like one of them, as {@link S3Probe} finds out. */
public final class S3Capabilities {
    private static final long MIN_PART = 5L << 20;
    private static final long MAX_PART = 5L << 30;
    private static final int MAX_PARTS = 10_000;
    private static final long REQUEST_BYTES = StoreCapabilities.USUAL_REQUEST_BYTES;

    /** Amazon S3: parts of any sizes, everything conditional. */
    public static final StoreCapabilities S3 = new StoreCapabilities(
            true,
            new PartLimits(MIN_PART, MAX_PART, MAX_PARTS, false, true, MIN_PART + 1),
            true,
            true,
            true,
            REQUEST_BYTES);

    /** Cloudflare R2: parts of one size; a copied part cannot be tied to the source's version. */
    public static final StoreCapabilities R2 = new StoreCapabilities(
            true, new PartLimits(MIN_PART, MAX_PART, MAX_PARTS, true, true, 0), false, true, true, REQUEST_BYTES);

    private S3Capabilities() {}
}
