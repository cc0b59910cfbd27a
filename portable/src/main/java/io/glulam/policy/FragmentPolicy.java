package io.glulam.policy;

import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;

/** Under which compressed size a row group of a file is a fragment. */
public final class FragmentPolicy {
    private static final long MB = 1_000_000;
    private static final long MIB = 1L << 20;

    private FragmentPolicy() {}

    /**
     * The threshold in bytes, at least 1: the fixed one or, for {@code auto}, the one for the file's size.
     *
     * <p>It is never more than three tenths of the target size. Two fragments must fit one row group even if earlier
     * merges turned out 40 % smaller than planned; otherwise a compacted file would be worth compacting again.
     *
     * @param fileSize the file's size in bytes
     */
    public static long threshold(Settings settings, long fileSize) {
        long wanted = settings.threshold() instanceof Threshold.Fixed fixed ? fixed.bytes() : auto(fileSize);
        return Math.max(1, Math.min(wanted, settings.targetBytes() / 10 * 3));
    }

    /**
     * 1 MiB up to 100 MB, 2 MiB up to 500 MB, from there on in a straight line up to 10 MiB at 1 GB, and 10 MiB
     * beyond. Never falls as files grow.
     */
    static long auto(long fileSize) {
        if (fileSize <= 100 * MB) {
            return MIB;
        }
        if (fileSize <= 500 * MB) {
            return 2 * MIB;
        }
        return 2 * MIB + 8 * MIB * (Math.min(fileSize, 1000 * MB) - 500 * MB) / (500 * MB);
    }
}
