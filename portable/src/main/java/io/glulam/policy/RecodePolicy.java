package io.glulam.policy;

import io.glulam.format.Encoding;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.Reason;
import io.glulam.plan.Recoding;
import io.glulam.plan.Sample;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a column that could be merged more cheaply is recoded because its values take less in another encoding: a pure
 * function of the facts, the plan of the cheapest tier and a sample. It also says what to expect of every tier.
 */
public final class RecodePolicy {
    /** The least share that recoding must save: of the chunk as a whole, and of each window by itself. */
    private static final double MIN_SHARE = 0.05;

    private static final long MIN_BYTES = 16 << 10;

    /** And for each second of processor time. */
    private static final double MIN_BYTES_PER_SECOND = 4 << 20;

    /** An encoding that is slower to read must save at least half a bit a value: a byte for so many values. */
    private static final long VALUES_PER_BYTE = 16;

    private RecodePolicy() {}

    /** Whether the column's values may be decoded and written anew, and there are any. */
    public static boolean canBeSampled(ColumnFacts facts) {
        return facts.values() > 0
                && facts.pages().count() > 0
                && !facts.quirks().unknownPageTypes()
                && TierPolicy.canBeRecoded(facts);
    }

    /**
     * The plan of a column chunk, with what its sample says.
     *
     * @param cheapest the plan by {@link TierPolicy}
     */
    public static ColumnPlan refine(ColumnFacts facts, ColumnPlan cheapest, ColumnSample sample, Settings settings) {
        if (sample.windows().isEmpty()) {
            return cheapest;
        }
        SizeEstimate sizes = new SizeEstimate(facts, sample, settings);
        long without = expected(facts, cheapest, sizes);
        Sample shown =
                new Sample(sample.windows().size(), sample.values(), sample.storedBytes(), sizes.distinct(), without);
        int best = best(facts, sample, sizes);
        if (best < 0) {
            return with(cheapest, cheapest.tier(), cheapest.reason(), cheapest.recoding(), without, shown);
        }
        Recoding recoding = withFallback(sample, sizes, best);
        long bytes = sizes.bytes(best);
        if (settings.effort() == Effort.SMALLEST) {
            Reason reason = cheapest.tier() == Tier.RECODE ? cheapest.reason() : Reason.SMALLEST_ENCODING;
            return with(cheapest, Tier.RECODE, reason, recoding, bytes, shown);
        }
        if (cheapest.tier() == Tier.RECODE) {
            return with(cheapest, Tier.RECODE, cheapest.reason(), recoding, bytes, shown);
        }
        return pays(facts, cheapest, sample, sizes, best, without)
                ? with(cheapest, Tier.RECODE, Reason.RECODING_PAYS, recoding, bytes, shown)
                : with(cheapest, cheapest.tier(), cheapest.reason(), null, without, shown);
    }

    /**
     * Bits of an index into the largest dictionary that is expected in any of the row groups.
     *
     * @param groups the column in each merged row group
     * @param sample whose windows need not have been encoded yet
     */
    public static int indexWidth(List<ColumnFacts> groups, ColumnSample sample, Settings settings) {
        long most = 0;
        for (ColumnFacts facts : groups) {
            most = Math.max(most, new SizeEstimate(facts, sample, settings).distinct());
        }
        return most <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(most - 1);
    }

    /**
     * Bytes that a column chunk is expected to take if its row group is written again by itself: what it takes now if it
     * has the form already that it would get, whatever a sample of it says.
     */
    public static long expectedAgain(ColumnFacts facts, ColumnPlan plan, Settings settings) {
        return hasForm(facts, plan, settings) ? facts.compressedBytes() : plan.expectedBytes();
    }

    private static boolean hasForm(ColumnFacts facts, ColumnPlan plan, Settings settings) {
        Recoding recoding = plan.recoding();
        if (recoding == null || facts.pages().codecs().stream().anyMatch(settings.compression()::isOtherThan)) {
            return false;
        }
        boolean pagesAreLarge = facts.pages().count() <= 1
                || facts.meanPageRows() >= settings.pageRows() / 2
                || facts.meanPageBytes() >= settings.pageBytes() / 2;
        return pagesAreLarge
                && facts.pages().encodings().stream().allMatch(encoding -> isOf(recoding, encoding))
                && facts.pages().indexed() > 0 == (recoding.indices() != null);
    }

    /** Whether pages of a column recoded so may have the encoding. Both names of a dictionary's indices are one. */
    private static boolean isOf(Recoding recoding, int encoding) {
        return encoding == recoding.values().value() || recoding.indices() != null && Encoding.isDictionary(encoding);
    }

    /** Whether writing a healthy row group again by itself saves enough. */
    public static boolean isWorth(long bytes, long expectedBytes) {
        long saved = bytes - expectedBytes;
        return saved >= MIN_BYTES && saved >= bytes * MIN_SHARE;
    }

    /**
     * Returns the size of the chunk by the cheapest tier. Pages that move are counted; others as their encoding was sampled, also
     * where a few pages after those with a dictionary have none.
     */
    private static long expected(ColumnFacts facts, ColumnPlan cheapest, SizeEstimate sizes) {
        if (cheapest.tier() == Tier.REMAP
                && facts.pages().indexed() < facts.pages().count()) {
            int indexed = sizes.dictionaryCandidate();
            return indexed < 0
                    ? cheapest.expectedBytes()
                    : cheapest.bytesMoved()
                            + Math.round((double) sizes.bytes(indexed)
                                    * facts.pages().indexed()
                                    / facts.pages().count());
        }
        int own = sizes.ownCandidate();
        return cheapest.tier() == Tier.JOIN || own < 0 ? cheapest.expectedBytes() : sizes.bytes(own);
    }

    /**
     * The smallest; or the one that is fastest to read among those that are hardly larger: readers take a dictionary's
     * entries once, and PLAIN as it is. -1 if none is feasible.
     */
    private static int best(ColumnFacts facts, ColumnSample sample, SizeEstimate sizes) {
        long least = Long.MAX_VALUE;
        for (int candidate = 0; candidate < sample.candidates().size(); candidate++) {
            if (sizes.isFeasible(sample.candidates().get(candidate))) {
                least = Math.min(least, sizes.bytes(candidate));
            }
        }
        int best = -1;
        for (int candidate = 0; candidate < sample.candidates().size(); candidate++) {
            if (sizes.isFeasible(sample.candidates().get(candidate))
                    && sizes.bytes(candidate) - least <= facts.values() / VALUES_PER_BYTE
                    && (best < 0 || isFaster(sample, sizes, candidate, best))) {
                best = candidate;
            }
        }
        return best;
    }

    private static boolean isFaster(ColumnSample sample, SizeEstimate sizes, int candidate, int than) {
        int difference = readingRank(sample.candidates().get(candidate))
                - readingRank(sample.candidates().get(than));
        return difference < 0 || difference == 0 && sizes.bytes(candidate) < sizes.bytes(than);
    }

    private static int readingRank(Recoding recoding) {
        if (recoding.indices() != null) {
            return 0;
        }
        return recoding.values() == Encoding.PLAIN ? 1 : 2;
    }

    /** A dictionary that grows over its cap after all falls back to the smallest encoding without one. */
    private static Recoding withFallback(ColumnSample sample, SizeEstimate sizes, int best) {
        Recoding chosen = sample.candidates().get(best);
        if (chosen.indices() == null) {
            return chosen;
        }
        int fallback = -1;
        for (int candidate = 0; candidate < sample.candidates().size(); candidate++) {
            if (sample.candidates().get(candidate).indices() == null
                    && (fallback < 0 || sizes.bytes(candidate) < sizes.bytes(fallback))) {
                fallback = candidate;
            }
        }
        return fallback < 0
                ? chosen
                : new Recoding(sample.candidates().get(fallback).values(), chosen.indices());
    }

    private static boolean pays(
            ColumnFacts facts, ColumnPlan cheapest, ColumnSample sample, SizeEstimate sizes, int best, long without) {
        long saved = without - sizes.bytes(best);
        if (saved < MIN_BYTES
                || saved < without * MIN_SHARE
                || saved
                        < MIN_BYTES_PER_SECOND
                                * RecodeCost.seconds(facts, sample.candidates().get(best))) {
            return false;
        }
        int own = cheapest.tier() == Tier.JOIN ? -1 : sizes.ownCandidate();
        for (ColumnSample.Window window : sample.windows()) {
            double before = own < 0 ? window.storedBytes() : sizes.windowBytes(own, window);
            if (sizes.windowBytes(best, window) > before * (1 - MIN_SHARE)) {
                return false;
            }
        }
        return true;
    }

    private static ColumnPlan with(
            ColumnPlan plan, Tier tier, Reason reason, @Nullable Recoding recoding, long bytes, Sample sample) {
        return tier == Tier.RECODE
                ? new ColumnPlan(plan.leaf(), tier, reason, 0, 0, 0, plan.sourceBytes(), bytes, recoding, sample)
                : new ColumnPlan(
                        plan.leaf(),
                        tier,
                        reason,
                        plan.bytesMoved(),
                        plan.bytesRemapped(),
                        plan.bytesCoalesced(),
                        0,
                        bytes,
                        null,
                        sample);
    }
}
