package io.glulam.policy;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.OutputForm;
import io.glulam.plan.Reason;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cheapest safe tier for one column of an output row group: a pure function. It goes down the ladder from Join and
 * stops at the first tier that nothing speaks against; what is not understood is never written again.
 */
public final class TierPolicy {
    /** Page ordinals are 16-bit numbers in Arrow C++. */
    static final long MAX_PAGES = 32_767;

    /** Pages are far under their target when they are under an eighth of it, in rows and in bytes. */
    private static final int FAR_UNDER = 8;

    private static final Set<Integer> COALESCED = Set.of(
            Encoding.PLAIN.value(),
            Encoding.PLAIN_DICTIONARY.value(),
            Encoding.RLE_DICTIONARY.value(),
            Encoding.RLE.value(),
            Encoding.BYTE_STREAM_SPLIT.value());

    private TierPolicy() {}

    /** Decides from what the survey of the column found. */
    public static TierDecision decide(ColumnFacts facts, Settings settings) {
        if (facts.quirks().unknownPageTypes()) {
            return new TierDecision.CannotMerge(Reason.UNKNOWN_PAGE_TYPE);
        }
        if (!facts.quirks().rowsCountable()) {
            return new TierDecision.CannotMerge(Reason.UNKNOWN_CODEC);
        }
        @Nullable Reason recode = whyNoPageMayMove(facts, settings);
        if (recode != null) {
            return recode(facts, recode);
        }
        if (canBeRecoded(facts) && isOtherCodec(facts, settings)) {
            return recompress(facts, settings);
        }
        return facts.dictionaries().arePrefixes() ? joinOrCoalesce(facts, settings) : remap(facts, settings);
    }

    /** Why the pages cannot stand in one column chunk as they are; null if they can. */
    private static @Nullable Reason whyNoPageMayMove(ColumnFacts facts, Settings settings) {
        if (facts.pages().codecs().size() > 1) {
            return Reason.CODECS_DIFFER;
        }
        if (facts.quirks().lz4FramingsDiffer()) {
            return Reason.LZ4_FRAMINGS_DIFFER;
        }
        if (facts.pages().versions().size() > 1 && !facts.pages().versionsMixedInChunk()) {
            return Reason.PAGE_VERSIONS_DIFFER;
        }
        if (facts.quirks().deltaByteArraySuspect()) {
            return Reason.DELTA_BYTE_ARRAY_MAY_SPAN_PAGES;
        }
        if (facts.type() == PhysicalType.BOOLEAN && facts.dictionaries().count() > 0) {
            return Reason.BOOLEAN_DICTIONARY;
        }
        if (facts.dictionaries().plainBefore()) {
            return Reason.PLAIN_BEFORE_DICTIONARY;
        }
        return isForbidden(facts, settings.form()) ? Reason.READERS : null;
    }

    /** Whether an engine that must read the output does not know how the sources' pages are written. */
    public static boolean isForbidden(ColumnFacts facts, OutputForm form) {
        for (int value : facts.pages().encodings()) {
            Encoding encoding = Encoding.of(value);
            if (encoding != null && !form.allows(encoding, facts.type())) {
                return true;
            }
        }
        return !facts.pages().versions().stream().allMatch(form::allowsPageVersion);
    }

    private static boolean isOtherCodec(ColumnFacts facts, Settings settings) {
        return facts.pages().codecs().stream().anyMatch(settings.compression()::isOtherThan);
    }

    /** Another codec: pages have to be unpacked, and no more than that where they can be joined. */
    private static TierDecision recompress(ColumnFacts facts, Settings settings) {
        if (facts.quirks().bitPackedLevels()
                || !COALESCED.containsAll(facts.pages().encodings())) {
            return recode(facts, facts.quirks().bitPackedLevels() ? Reason.BIT_PACKED_LEVELS : Reason.OTHER_CODEC);
        }
        return facts.dictionaries().arePrefixes()
                ? new TierDecision.Merge(Tier.COALESCE, Reason.OTHER_CODEC)
                : remap(facts, settings);
    }

    /** Whether the column's values may be decoded and written anew. */
    static boolean canBeRecoded(ColumnFacts facts) {
        return whyNeverWrittenAgain(facts) == null;
    }

    private static TierDecision joinOrCoalesce(ColumnFacts facts, Settings settings) {
        if (facts.dictionaries().count() > 0 && hasUnknownCodec(facts)) {
            // Dictionaries are compared uncompressed.
            return new TierDecision.CannotMerge(Reason.UNKNOWN_CODEC);
        }
        boolean tooMany = facts.pages().count() > MAX_PAGES;
        if (!tooMany && !isFarUnderTarget(facts, settings)) {
            return join(facts);
        }
        @Nullable Reason notCoalesced = whyNotWrittenAgain(facts, settings);
        if (notCoalesced == null
                && whyNeverWrittenAgain(facts) == null
                && COALESCED.containsAll(facts.pages().encodings())) {
            return new TierDecision.Merge(
                    Tier.COALESCE, tooMany ? Reason.TOO_MANY_PAGES : Reason.PAGES_FAR_UNDER_TARGET);
        }
        return tooMany ? recode(facts, Objects.requireNonNullElse(notCoalesced, Reason.TOO_MANY_PAGES)) : join(facts);
    }

    private static TierDecision join(ColumnFacts facts) {
        return new TierDecision.Merge(
                Tier.JOIN, facts.dictionaries().count() == 0 ? Reason.NO_DICTIONARY : Reason.EQUAL_DICTIONARIES);
    }

    private static TierDecision remap(ColumnFacts facts, Settings settings) {
        @Nullable Reason notRemapped = whyNotWrittenAgain(facts, settings);
        if (notRemapped == null && facts.dictionaries().unionBytes() > cap(facts, settings)) {
            notRemapped = Reason.UNION_DICTIONARY_OVER_CAP;
        }
        if (notRemapped == null && facts.pages().count() - facts.pages().indexed() > MAX_PAGES) {
            // Remap writes full-size pages of indices, but the others move one by one.
            notRemapped = Reason.TOO_MANY_PAGES;
        }
        if (notRemapped != null) {
            return recode(facts, notRemapped);
        }
        @Nullable Reason never = whyNeverWrittenAgain(facts);
        return never != null
                ? new TierDecision.CannotMerge(never)
                : new TierDecision.Merge(Tier.REMAP, Reason.DICTIONARIES_DIFFER);
    }

    private static boolean isWritten(int codec) {
        CompressionCodec known = CompressionCodec.of(codec);
        return known == null || known.isWritten();
    }

    /** Recode, unless even that is unsafe. */
    private static TierDecision recode(ColumnFacts facts, Reason reason) {
        @Nullable Reason never = whyNeverWrittenAgain(facts);
        return never != null ? new TierDecision.CannotMerge(never) : new TierDecision.Merge(Tier.RECODE, reason);
    }

    /** Why pages cannot be written again without decoding their values; null if they can. */
    private static @Nullable Reason whyNotWrittenAgain(ColumnFacts facts, Settings settings) {
        if (settings.compression().codec() == null
                && !facts.pages().codecs().stream().allMatch(TierPolicy::isWritten)) {
            return Reason.CODEC_NOT_WRITABLE;
        }
        if (facts.quirks().bitPackedLevels()) {
            return Reason.BIT_PACKED_LEVELS;
        }
        return null;
    }

    /** Why pages must not be written again by whatever tier; null if they may. */
    private static @Nullable Reason whyNeverWrittenAgain(ColumnFacts facts) {
        if (hasUnknownCodec(facts)) {
            return Reason.UNKNOWN_CODEC;
        }
        for (int encoding : facts.pages().encodings()) {
            if (Encoding.of(encoding) == null) {
                return Reason.UNKNOWN_ENCODING;
            }
        }
        return null;
    }

    private static boolean hasUnknownCodec(ColumnFacts facts) {
        for (int codec : facts.pages().codecs()) {
            if (CompressionCodec.of(codec) == null) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFarUnderTarget(ColumnFacts facts, Settings settings) {
        return facts.pages().count() > 1
                && facts.meanPageRows() < settings.pageRows() / FAR_UNDER
                && facts.meanPageBytes() < settings.pageBytes() / FAR_UNDER;
    }

    private static long cap(ColumnFacts facts, Settings settings) {
        return Math.max(settings.dictionaryCapBytes(), facts.dictionaries().largestBytes());
    }
}
