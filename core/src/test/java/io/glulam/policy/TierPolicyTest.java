package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Reason;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.policy.TierDecision.CannotMerge;
import io.glulam.policy.TierDecision.Merge;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TierPolicyTest {
    private static final int UNKNOWN = 99;

    @Test
    void pagesWithoutDictionariesAreJoined() {
        assertThat(decide(new Facts())).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
        assertThat(decide(new Facts().encodings(Encoding.DELTA_BINARY_PACKED)))
                .isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
    }

    @Test
    void dictionariesThatBeginTheUnionAreJoined() {
        assertThat(decide(new Facts().dictionaries(true, 1000)))
                .isEqualTo(new Merge(Tier.JOIN, Reason.EQUAL_DICTIONARIES));
    }

    @Test
    void differentDictionariesAreRemapped() {
        assertThat(decide(new Facts().dictionaries(false, 1000)))
                .isEqualTo(new Merge(Tier.REMAP, Reason.DICTIONARIES_DIFFER));
    }

    @Test
    void aUnionOverItsCapIsRecodedUnlessASourceIsAsLarge() {
        Facts facts = new Facts().dictionaries(false, (1 << 20) + 1);
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.RECODE, Reason.UNION_DICTIONARY_OVER_CAP));
        facts.largestDictionary = (1 << 20) + 1;
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.REMAP, Reason.DICTIONARIES_DIFFER));
        assertThat(decide(new Facts().dictionaries(false, Long.MAX_VALUE)).reason())
                .isEqualTo(Reason.UNION_DICTIONARY_OVER_CAP);
    }

    @Test
    void smallPagesAreCoalesced() {
        assertThat(decide(new Facts().pages(100, 2499, 131_071)))
                .isEqualTo(new Merge(Tier.COALESCE, Reason.PAGES_FAR_UNDER_TARGET));
        assertThat(decide(new Facts().dictionaries(true, 1000).pages(100, 10, 20)))
                .isEqualTo(new Merge(Tier.COALESCE, Reason.PAGES_FAR_UNDER_TARGET));
    }

    @Test
    void pagesOfAnEighthOfTheRowsOrTheBytesAreLargeEnough() {
        assertThat(decide(new Facts().pages(100, 2500, 10)).reason()).isEqualTo(Reason.NO_DICTIONARY);
        assertThat(decide(new Facts().pages(100, 10, 131_072)).reason()).isEqualTo(Reason.NO_DICTIONARY);
    }

    @Test
    void aSinglePageIsNeverCoalesced() {
        assertThat(decide(new Facts().pages(1, 10, 10)).reason()).isEqualTo(Reason.NO_DICTIONARY);
        assertThat(decide(new Facts().pages(0, 0, 0)).reason()).isEqualTo(Reason.NO_DICTIONARY);
    }

    @Test
    void tooManyPagesAreCoalescedHoweverLarge() {
        assertThat(decide(new Facts().pages(32_767, 5_000, 500_000)).reason()).isEqualTo(Reason.NO_DICTIONARY);
        assertThat(decide(new Facts().pages(32_768, 5_000, 500_000)))
                .isEqualTo(new Merge(Tier.COALESCE, Reason.TOO_MANY_PAGES));
    }

    @Test
    void smallPagesThatCannotBeCoalescedAreJoinedUnlessTooMany() {
        Facts delta = new Facts().encodings(Encoding.DELTA_BINARY_PACKED);
        assertThat(decide(delta.pages(100, 10, 10))).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
        assertThat(decide(delta.pages(40_000, 10, 10))).isEqualTo(new Merge(Tier.RECODE, Reason.TOO_MANY_PAGES));
        Facts lzo = new Facts().codecs(CompressionCodec.LZO.ordinal());
        assertThat(decide(lzo.pages(100, 10, 10))).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
        assertThat(decide(lzo.pages(40_000, 10, 10))).isEqualTo(new Merge(Tier.RECODE, Reason.CODEC_NOT_WRITABLE));
    }

    @Test
    void remapWritesFullPagesOfIndicesByItself() {
        assertThat(decide(new Facts().dictionaries(false, 1000).pages(100_000, 10, 10)))
                .isEqualTo(new Merge(Tier.REMAP, Reason.DICTIONARIES_DIFFER));
    }

    @Test
    void tooManyPlainPagesBehindTheIndicesAreRecoded() {
        Facts facts = new Facts().dictionaries(false, 1000).pages(100_000, 10, 10);
        facts.indexedPages = 50_000;
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.RECODE, Reason.TOO_MANY_PAGES));
    }

    @Test
    void whatCannotStandInOneChunkIsRecoded() {
        assertThat(decide(new Facts().codecs(0, 1))).isEqualTo(new Merge(Tier.RECODE, Reason.CODECS_DIFFER));
        Facts facts = new Facts();
        facts.versions = Set.of(1, 2);
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.RECODE, Reason.PAGE_VERSIONS_DIFFER));
        facts = new Facts();
        facts.framingsDiffer = true;
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.RECODE, Reason.LZ4_FRAMINGS_DIFFER));
        facts = new Facts();
        facts.deltaSuspect = true;
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.RECODE, Reason.DELTA_BYTE_ARRAY_MAY_SPAN_PAGES));
        facts = new Facts().dictionaries(true, 10);
        facts.plainBeforeDictionary = true;
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.RECODE, Reason.PLAIN_BEFORE_DICTIONARY));
        facts = new Facts().dictionaries(true, 10);
        facts.type = PhysicalType.BOOLEAN;
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.RECODE, Reason.BOOLEAN_DICTIONARY));
    }

    @Test
    void versionsThatTheSourceMixesMayStayMixed() {
        Facts facts = new Facts();
        facts.versions = Set.of(1, 2);
        facts.versionsMixed = true;
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
    }

    @Test
    void bitPackedLevelsMoveButAreNotWritten() {
        Facts facts = new Facts();
        facts.bitPackedLevels = true;
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
        facts.dictionaries(false, 10);
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.RECODE, Reason.BIT_PACKED_LEVELS));
    }

    @Test
    void unknownEncodingsMoveButAreNeverWritten() {
        Facts facts = new Facts();
        facts.encodings = Set.of(UNKNOWN);
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
        assertThat(decide(facts.pages(100, 10, 10))).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
        assertThat(decide(facts.pages(40_000, 10, 10))).isEqualTo(new CannotMerge(Reason.UNKNOWN_ENCODING));
        facts = new Facts().dictionaries(false, 10);
        facts.encodings = Set.of(Encoding.RLE_DICTIONARY.value(), UNKNOWN);
        assertThat(decide(facts)).isEqualTo(new CannotMerge(Reason.UNKNOWN_ENCODING));
        facts = new Facts().codecs(0, 1);
        facts.encodings = Set.of(UNKNOWN);
        assertThat(decide(facts)).isEqualTo(new CannotMerge(Reason.UNKNOWN_ENCODING));
    }

    @Test
    void pagesOfUnknownCodecsMoveUnlessSomethingMustBeDecompressed() {
        Facts facts = new Facts().codecs(UNKNOWN);
        assertThat(decide(facts)).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
        assertThat(decide(facts.pages(100, 10, 10))).isEqualTo(new Merge(Tier.JOIN, Reason.NO_DICTIONARY));
        assertThat(decide(facts.pages(40_000, 10, 10))).isEqualTo(new CannotMerge(Reason.UNKNOWN_CODEC));
        assertThat(decide(new Facts().codecs(UNKNOWN).dictionaries(true, 10)))
                .isEqualTo(new CannotMerge(Reason.UNKNOWN_CODEC));
        assertThat(decide(new Facts().codecs(UNKNOWN).dictionaries(false, 10)))
                .isEqualTo(new CannotMerge(Reason.UNKNOWN_CODEC));
    }

    @Test
    void pagesWhoseRowsCannotBeCountedAreNeverMerged() {
        Facts facts = new Facts().codecs(UNKNOWN);
        facts.rowsCountable = false;
        assertThat(decide(facts)).isEqualTo(new CannotMerge(Reason.UNKNOWN_CODEC));
    }

    @Test
    void unknownPageTypesAreNeverMerged() {
        Facts facts = new Facts();
        facts.unknownPageTypes = true;
        assertThat(decide(facts)).isEqualTo(new CannotMerge(Reason.UNKNOWN_PAGE_TYPE));
    }

    private static TierDecision decide(Facts facts) {
        return TierPolicy.decide(facts.build(), Settings.defaults());
    }

    /** Facts about ten fragments of plain pages of a fitting size, SNAPPY and version 1, unless said otherwise. */
    private static final class Facts {
        private PhysicalType type = PhysicalType.INT64;
        private Set<Integer> codecs = Set.of(CompressionCodec.SNAPPY.ordinal());
        private Set<Integer> versions = Set.of(1);
        private boolean versionsMixed;
        private Set<Integer> encodings = Set.of(Encoding.PLAIN.value());
        private long pages = 10;
        private long indexedPages;
        private long rowsPerPage = 20_000;
        private long bytesPerPage = 160_000;
        private int dictionaries;
        private boolean prefixes = true;
        private long unionBytes;
        private long largestDictionary;
        private boolean plainBeforeDictionary;
        private boolean bitPackedLevels;
        private boolean framingsDiffer;
        private boolean deltaSuspect;
        private boolean unknownPageTypes;
        private boolean rowsCountable = true;

        Facts encodings(Encoding... all) {
            encodings = Arrays.stream(all).map(Encoding::value).collect(Collectors.toSet());
            return this;
        }

        Facts codecs(Integer... all) {
            codecs = Set.of(all);
            return this;
        }

        Facts pages(long count, long rows, long bytes) {
            pages = count;
            indexedPages = dictionaries == 0 ? 0 : count;
            rowsPerPage = rows;
            bytesPerPage = bytes;
            return this;
        }

        Facts dictionaries(boolean arePrefixes, long bytesOfUnion) {
            dictionaries = 10;
            indexedPages = pages;
            prefixes = arePrefixes;
            unionBytes = bytesOfUnion;
            largestDictionary = Math.min(bytesOfUnion, 1000);
            return encodings(Encoding.RLE_DICTIONARY);
        }

        ColumnFacts build() {
            return new ColumnFacts(
                    0,
                    type,
                    10,
                    pages * rowsPerPage,
                    pages * rowsPerPage,
                    -1,
                    pages * bytesPerPage / 2,
                    pages * bytesPerPage,
                    new ColumnFacts.Pages(
                            codecs, versions, versionsMixed, encodings, pages, indexedPages, bytesPerPage),
                    new ColumnFacts.Dictionaries(
                            dictionaries,
                            prefixes,
                            dictionaries == 0 ? 0 : 100,
                            unionBytes,
                            largestDictionary,
                            plainBeforeDictionary,
                            true),
                    new ColumnFacts.Quirks(
                            bitPackedLevels, framingsDiffer, deltaSuspect, unknownPageTypes, Set.of(), rowsCountable));
        }
    }
}
