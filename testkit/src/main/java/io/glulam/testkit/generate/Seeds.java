package io.glulam.testkit.generate;

import java.util.stream.LongStream;

/**
 * How many cases a generated test runs, and from which seeds.
 *
 * <p>{@code -Dglulam.cases=N} multiplies nothing and caps nothing: every generated test runs N cases. {@code
 * -Dglulam.seed=S} makes S the first seed, so that a failure that prints seed S is replayed by
 * {@code -Dglulam.cases=1 -Dglulam.seed=S}. Without it, {@code -Dglulam.cases.share=2} runs half of each test's cases.
 */
public final class Seeds {
    /** Cases of a generated test unless told otherwise: few, so that the whole test command stays fast. */
    public static final int DEFAULT_CASES = 20;

    private static final long DEFAULT_BASE = 1;

    private Seeds() {}

    /** The number of cases that a generated test runs, from {@code glulam.cases}. */
    public static int cases() {
        return cases(DEFAULT_CASES);
    }

    /** The number of cases for a test whose cases are dearer or cheaper than most. */
    public static int cases(int unlessTold) {
        int share = Math.max(1, unlessTold / Integer.getInteger("glulam.cases.share", 1));
        return Integer.getInteger("glulam.cases", share);
    }

    /** The first seed, from {@code glulam.seed}. */
    public static long base() {
        return Long.getLong("glulam.seed", DEFAULT_BASE);
    }

    /** {@link #cases()} consecutive seeds from {@link #base()} on; fits {@code @MethodSource}. */
    public static LongStream stream() {
        return stream(DEFAULT_CASES);
    }

    /** As {@link #stream()}, with another number of cases unless {@code glulam.cases} is set. */
    public static LongStream stream(int casesUnlessTold) {
        long base = base();
        return LongStream.range(base, base + cases(casesUnlessTold));
    }

    /** So many consecutive seeds, never a share of them: for cases that a test needs all of. */
    public static LongStream all(int cases) {
        long base = base();
        return LongStream.range(base, base + Integer.getInteger("glulam.cases", cases));
    }

    /** A seed for a part of a generated thing, so that parts do not change when others draw more or fewer numbers. */
    public static long derive(long seed, String part) {
        long mixed = seed * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < part.length(); i++) {
            mixed = (mixed ^ part.charAt(i)) * 0xBF58476D1CE4E5B9L;
            mixed ^= mixed >>> 29;
        }
        return mixed;
    }
}
