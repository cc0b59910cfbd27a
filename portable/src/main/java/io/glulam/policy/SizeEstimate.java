package io.glulam.policy;

import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Recoding;
import io.glulam.plan.Settings;

/**
 * Estimates the size of one column chunk of a merged row group in each candidate encoding, by a sample of the column and the
 * chunk's own facts. Page headers and levels are in the sample; a dictionary page is added by the distinct values
 * expected, or counted where the sources' dictionaries tell.
 */
final class SizeEstimate {
    /** Bytes of a page of nulls. */
    private static final int MIN_PAGE = 45;

    private final ColumnFacts facts;
    private final ColumnSample sample;
    private final Settings settings;
    private final long distinct;
    private final double distinctBytes;

    SizeEstimate(ColumnFacts facts, ColumnSample sample, Settings settings) {
        this.facts = facts;
        this.sample = sample;
        this.settings = settings;
        boolean counted = isCounted(facts);
        this.distinct =
                counted ? facts.dictionaries().unionEntries() : sample.distinctAmong(presentValues(facts, sample));
        this.distinctBytes = counted
                ? facts.dictionaries().unionBytes()
                : sample.distinct() == 0 ? 0 : (double) sample.distinctBytes() / sample.distinct() * distinct;
    }

    /** Whether the sources' dictionaries hold all values and were united. */
    private static boolean isCounted(ColumnFacts facts) {
        return facts.pages().count() > 0
                && facts.pages().indexed() == facts.pages().count()
                && facts.dictionaries().unionEntries() > 0
                && facts.dictionaries().unionBytes() < Long.MAX_VALUE;
    }

    /** Values of the chunk that are not null: counted, or in the sample's proportion. */
    private static long presentValues(ColumnFacts facts, ColumnSample sample) {
        if (nullsAreKnown(facts, sample)) {
            return facts.values() - facts.nulls();
        }
        long all = sample.values();
        return all == 0 ? facts.values() : Math.round((double) facts.values() / all * (all - sample.nulls()));
    }

    /** Whether the statistics count nulls, and not none where the sample found some. */
    private static boolean nullsAreKnown(ColumnFacts facts, ColumnSample sample) {
        return facts.nulls() > 0 || facts.nulls() == 0 && sample.nulls() == 0;
    }

    /** Whether the windows met nulls in another proportion than they are there, by more than chance. */
    private boolean nullsComeInStretches() {
        if (!nullsAreKnown(facts, sample) || sample.values() == 0 || facts.values() == 0) {
            return false;
        }
        double share = (double) facts.nulls() / facts.values();
        double deviation = Math.sqrt(Math.max(share * (1 - share), 1.0 / sample.values()) / sample.values());
        return Math.abs((double) sample.nulls() / sample.values() - share) > 3 * deviation;
    }

    /** Distinct values expected in the chunk. */
    long distinct() {
        return distinct;
    }

    /** Whether a candidate can be written as it says, within the cap of dictionaries. */
    boolean isFeasible(Recoding candidate) {
        // Of values of one width all are of that width; the cap of others is checked by their bytes alone.
        int width = facts.type() == PhysicalType.BYTE_ARRAY || distinct == 0
                ? -1
                : (int) Math.round(distinctBytes / distinct);
        return candidate.indices() == null
                || distinct <= Settings.MAX_ENTRIES && distinctBytes <= settings.recodedDictionaryBytes(width);
    }

    /** Bytes of the chunk in the candidate of that index; infeasible ones too. */
    long bytes(int candidate) {
        long sampled = 0;
        for (ColumnSample.Window window : sample.windows()) {
            sampled += window.bytes().get(candidate);
        }
        double pages = sample.values() == 0 ? 0 : (double) sampled / sample.values() * facts.values();
        long sampledPresent = sample.values() - sample.nulls();
        if (sampledPresent > 0 && nullsComeInStretches()) {
            // Values are what takes bytes, but for a few in each page.
            double least = (double) facts.values() / settings.pageRows() * MIN_PAGE;
            pages = Math.max(least, (double) sampled / sampledPresent * (facts.values() - facts.nulls()));
        }
        return Math.round(pages + dictionaryBytes(sample.candidates().get(candidate)));
    }

    /** Bytes of the dictionary page, compressed as well as the sampled values were. */
    private double dictionaryBytes(Recoding candidate) {
        if (candidate.indices() == null || sample.distinctBytes() == 0) {
            return 0;
        }
        return distinctBytes * sample.dictionaryBytes() / sample.distinctBytes();
    }

    /** Bytes of a window in that candidate, with its share of the dictionary page. */
    double windowBytes(int candidate, ColumnSample.Window window) {
        double share = facts.values() == 0 ? 0 : (double) window.values() / facts.values();
        return window.bytes().get(candidate)
                + dictionaryBytes(sample.candidates().get(candidate)) * share;
    }

    /** The candidate that pages have already, so that the sample tells what they take in one piece; -1 if none. */
    int ownCandidate() {
        for (int candidate = 0; candidate < sample.candidates().size(); candidate++) {
            Encoding encoding = sample.candidates().get(candidate).main();
            boolean own = encoding.isDictionary()
                    ? facts.pages().count() > 0
                            && facts.pages().indexed() == facts.pages().count()
                    : facts.pages().encodings().size() == 1
                            && facts.pages().encodings().contains(encoding.value());
            if (own) {
                return candidate;
            }
        }
        return -1;
    }

    /** The candidate with a dictionary; -1 if none. */
    int dictionaryCandidate() {
        for (int candidate = 0; candidate < sample.candidates().size(); candidate++) {
            if (sample.candidates().get(candidate).main().isDictionary()) {
                return candidate;
            }
        }
        return -1;
    }
}
