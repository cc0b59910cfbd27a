package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.Recoding;
import io.glulam.plan.Settings;
import io.glulam.policy.ColumnSample.Rare;
import io.glulam.policy.ColumnSample.Window;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A chunk of 1,000 values in four pages, a window of 100 sampled, which has ten different ones of eight bytes. */
class SizeEstimateTest {
    private static final Recoding PLAIN = new Recoding(Encoding.PLAIN, null);
    private static final Recoding DICTIONARY = new Recoding(Encoding.PLAIN, Encoding.RLE_DICTIONARY);
    private static final Window WINDOW = new Window(100, 0, 800, 10, new Rare(0, 0, 0), List.of(800L, 50L));
    private static final ColumnSample SAMPLE = new ColumnSample(List.of(PLAIN, DICTIONARY), List.of(WINDOW), 80, 90);
    private static final Settings SETTINGS = Settings.defaults();
    private static final int PAGES = 4;

    @Test
    void pagesGrowWithTheChunkAndTheDictionaryWithItsEntries() {
        SizeEstimate sampled = estimate(0, 0, 0);
        assertThat(sampled.bytes(0)).isEqualTo(8_000);
        assertThat(sampled.distinct()).isEqualTo(10);
        assertThat(sampled.bytes(1)).isEqualTo(500 + 90);
        assertThat(sampled.windowBytes(0, WINDOW)).isEqualTo(800);
        assertThat(sampled.windowBytes(1, WINDOW)).isEqualTo(50 + 9);
    }

    @Test
    void whereAllPagesAreIndicesTheSourcesDictionariesAreCounted() {
        SizeEstimate counted = estimate(PAGES, 20, 160);
        assertThat(counted.distinct()).isEqualTo(20);
        assertThat(counted.bytes(1)).isEqualTo(500 + 180);

        assertThat(estimate(PAGES - 1, 20, 160).distinct()).isEqualTo(10);
        assertThat(estimate(PAGES, 20, Long.MAX_VALUE).distinct()).isEqualTo(10);
    }

    @Test
    void aDictionaryOverItsCapIsNotFeasible() {
        long cap = SETTINGS.recodedDictionaryBytes(-1);
        assertThat(estimate(PAGES, 20, cap).isFeasible(DICTIONARY)).isTrue();
        assertThat(estimate(PAGES, 20, cap + 1).isFeasible(DICTIONARY)).isFalse();
        assertThat(estimate(PAGES, 20, cap + 1).isFeasible(PLAIN)).isTrue();
        assertThat(estimate(PAGES, Settings.MAX_ENTRIES, 160).isFeasible(DICTIONARY))
                .isTrue();
        assertThat(estimate(PAGES, Settings.MAX_ENTRIES + 1, 160).isFeasible(DICTIONARY))
                .isFalse();
    }

    @Test
    void theOwnCandidateIsTheOneThatAllPagesHave() {
        assertThat(estimate(0, 0, 0).ownCandidate()).isZero();
        assertThat(estimate(PAGES, 20, 160).ownCandidate()).isEqualTo(1);
        assertThat(estimate(PAGES - 1, 20, 160).ownCandidate()).isEqualTo(-1);
        assertThat(estimate(0, 0, 0).dictionaryCandidate()).isEqualTo(1);
        ColumnSample plain = new ColumnSample(List.of(PLAIN), List.of(WINDOW), 80, 90);
        assertThat(new SizeEstimate(facts(0, 0, 0), plain, SETTINGS).dictionaryCandidate())
                .isEqualTo(-1);
    }

    private static SizeEstimate estimate(int indexed, long entries, long bytes) {
        return new SizeEstimate(facts(indexed, entries, bytes), SAMPLE, SETTINGS);
    }

    private static ColumnFacts facts(int indexed, long entries, long bytes) {
        int plain = Encoding.PLAIN.value();
        int dictionary = Encoding.RLE_DICTIONARY.value();
        Set<Integer> encodings =
                indexed == 0 ? Set.of(plain) : indexed == PAGES ? Set.of(dictionary) : Set.of(plain, dictionary);
        return new ColumnFacts(
                0,
                PhysicalType.BYTE_ARRAY,
                2,
                1_000,
                1_000,
                0,
                9_000,
                9_000,
                new ColumnFacts.Pages(
                        Set.of(CompressionCodec.SNAPPY.ordinal()), Set.of(1), false, encodings, PAGES, indexed, 4_000),
                new ColumnFacts.Dictionaries(2, false, entries, bytes, bytes, false, true),
                new ColumnFacts.Quirks(false, false, false, false, Set.of(), true));
    }
}
