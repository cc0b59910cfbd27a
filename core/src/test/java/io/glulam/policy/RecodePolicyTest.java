package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.CompressionCodec;
import io.glulam.format.Encoding;
import io.glulam.format.PhysicalType;
import io.glulam.plan.ColumnFacts;
import io.glulam.plan.ColumnPlan;
import io.glulam.plan.Effort;
import io.glulam.plan.Reason;
import io.glulam.plan.Recoding;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.policy.ColumnSample.Rare;
import io.glulam.policy.ColumnSample.Window;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A column of a million INT64 in PLAIN pages that take six megabytes, five windows of it sampled. */
class RecodePolicyTest {
    private static final long VALUES = 1_000_000;
    private static final long STORED = 6_000_000;
    private static final int WINDOW = 20_000;
    private static final Recoding PLAIN = new Recoding(Encoding.PLAIN, null);
    private static final Recoding DELTA = new Recoding(Encoding.DELTA_BINARY_PACKED, null);
    private static final Recoding DICTIONARY = new Recoding(Encoding.PLAIN, Encoding.RLE_DICTIONARY);
    private static final Settings BALANCED = Settings.defaults();
    private static final ColumnPlan JOINED =
            new ColumnPlan(0, Tier.JOIN, Reason.NO_DICTIONARY, STORED, 0, 0, 0, STORED, null, null);

    @Test
    void aDictionaryThatHalvesTheColumnIsBuilt() {
        ColumnPlan plan = refined(sample(120_000, 48_000, 50_000), BALANCED);

        assertThat(plan.tier()).isEqualTo(Tier.RECODE);
        assertThat(plan.reason()).isEqualTo(Reason.RECODING_PAYS);
        assertThat(plan.recoding()).isEqualTo(DICTIONARY);
        // 50 windows' worth of indices and 50,000 entries of 8 bytes, give or take the caution.
        assertThat(plan.expectedBytes()).isBetween(2_700_000L, 2_950_000L);
        assertThat(plan.bytesRecoded()).isEqualTo(STORED);
        assertThat(plan.sample()).isNotNull();
        assertThat(plan.sample().cheapest()).isEqualTo(STORED);
    }

    @Test
    void aSavingOfLessThanATwentiethIsNotWorthIt() {
        ColumnPlan plan = refined(sample(120_000, 117_000, 100), BALANCED);

        assertThat(plan.tier()).isEqualTo(Tier.JOIN);
        assertThat(plan.reason()).isEqualTo(Reason.NO_DICTIONARY);
        assertThat(plan.expectedBytes()).isEqualTo(STORED);
    }

    @Test
    void oneWindowThatSavesNothingSpeaksAgainstIt() {
        List<Window> windows = List.of(
                window(120_000, 40_000, 20_000, 4_000),
                window(120_000, 118_000, 20_000, 0),
                window(120_000, 40_000, 20_000, 0));

        assertThat(refined(new ColumnSample(List.of(PLAIN, DICTIONARY), windows, 32_000, 30_000), BALANCED)
                        .tier())
                .isEqualTo(Tier.JOIN);
    }

    @Test
    void aDictionaryOverItsCapIsNotBuilt() {
        assertThat(refined(sample(120_000, 60_000, 400_000), BALANCED).tier()).isEqualTo(Tier.JOIN);
    }

    @Test
    void theSmallestTakesWhatIsSmallestHoweverLittleItSaves() {
        List<Window> windows = List.of(
                new Window(WINDOW, 0, 120_000, WINDOW, new Rare(WINDOW, WINDOW, WINDOW), List.of(120_000L, 118_000L)));
        ColumnSample sample = new ColumnSample(List.of(PLAIN, DELTA), windows, 160_000, 150_000);
        ColumnPlan plan = refined(sample, BALANCED.withEffort(Effort.SMALLEST));

        assertThat(plan.tier()).isEqualTo(Tier.RECODE);
        assertThat(plan.reason()).isEqualTo(Reason.SMALLEST_ENCODING);
        assertThat(plan.recoding()).isEqualTo(DELTA);
    }

    @Test
    void theSmallestTakesWhatIsFastestToReadWhereItIsHardlyLarger() {
        assertThat(smallestOf(120_000, 200, 1_350)).isEqualTo(Encoding.RLE_DICTIONARY);
        assertThat(smallestOf(120_000, 200, 1_600)).isEqualTo(Encoding.DELTA_BINARY_PACKED);
        assertThat(smallestOf(1_400, 200, 1_600)).isEqualTo(Encoding.PLAIN);
    }

    /** What is chosen of windows that take so many bytes, with a dictionary of eight entries. */
    private static Encoding smallestOf(long plain, long delta, long indices) {
        List<Window> windows =
                List.of(new Window(WINDOW, 0, 120_000, 8, new Rare(0, 0, 0), List.of(plain, delta, indices)));
        ColumnSample sample = new ColumnSample(List.of(PLAIN, DELTA, DICTIONARY), windows, 64, 64);
        return Objects.requireNonNull(
                        refined(sample, BALANCED.withEffort(Effort.SMALLEST)).recoding())
                .main();
    }

    @Test
    void whatHasToBeRecodedTakesTheSmallestAndKeepsItsReason() {
        ColumnPlan forced = new ColumnPlan(0, Tier.RECODE, Reason.CODECS_DIFFER, 0, 0, 0, STORED, STORED, PLAIN, null);
        ColumnPlan plan = RecodePolicy.refine(facts(), forced, sample(120_000, 100_000, 50_000), BALANCED);

        assertThat(plan.reason()).isEqualTo(Reason.CODECS_DIFFER);
        assertThat(plan.recoding()).isEqualTo(DICTIONARY);
    }

    @Test
    void whatHasTheFormAlreadyThatItWouldGetIsNotExpectedToShrink() {
        Settings smallest = BALANCED.withEffort(Effort.SMALLEST);
        ColumnPlan plan = refined(sample(120_000, 48_000, 50_000), smallest);
        ColumnFacts plain = facts();
        ColumnFacts done = facts(Encoding.PLAIN_DICTIONARY, CompressionCodec.ZSTD, 12);

        assertThat(RecodePolicy.expectedAgain(plain, plan, smallest)).isEqualTo(plan.expectedBytes());
        assertThat(RecodePolicy.expectedAgain(done, plan, smallest)).isEqualTo(done.compressedBytes());
    }

    @Test
    void theSameEncodingInAnotherCodecOrInTinyPagesMayShrink() {
        Settings smallest = BALANCED.withEffort(Effort.SMALLEST);
        ColumnPlan plan = refined(sample(120_000, 48_000, 50_000), smallest);

        assertThat(List.of(
                        facts(Encoding.RLE_DICTIONARY, CompressionCodec.SNAPPY, 50),
                        facts(Encoding.RLE_DICTIONARY, CompressionCodec.ZSTD, 5_000)))
                .allSatisfy(facts -> assertThat(RecodePolicy.expectedAgain(facts, plan, smallest))
                        .isEqualTo(plan.expectedBytes()));
    }

    @Test
    void indicesAreAsWideAsTheDictionaryThatIsExpected() {
        assertThat(RecodePolicy.indexWidth(List.of(facts()), sample(1, 1, 50_000), BALANCED))
                .isEqualTo(16);
    }

    @Test
    void indicesWithAFewPlainPagesBehindThemAreExpectedAsSampled() {
        long moved = 1_000;
        ColumnPlan remapped = new ColumnPlan(
                0, Tier.REMAP, Reason.DICTIONARIES_DIFFER, moved, STORED - moved, 0, 0, STORED, null, null);
        ColumnSample sample = sample(120_000, 20_000, 200);
        long all =
                RecodePolicy.refine(facts(49, 49), remapped, sample, BALANCED).expectedBytes();

        assertThat(RecodePolicy.refine(facts(50, 49), remapped, sample, BALANCED)
                        .expectedBytes())
                .isEqualTo(moved + Math.round(all * 49 / 50.0));
    }

    @Test
    void stretchesOfNullsThatTheWindowsMissedAreCountedAllTheSame() {
        // One window of three meets values, but half of all are.
        Window nulls = new Window(WINDOW, WINDOW, 50, 0, new Rare(0, 0, 0), List.of(50L));
        Window values = new Window(WINDOW, 0, 120_000, WINDOW, new Rare(WINDOW, WINDOW, WINDOW), List.of(100_000L));
        ColumnSample sample = new ColumnSample(List.of(PLAIN), List.of(nulls, values, nulls), 160_000, 150_000);
        ColumnFacts half = facts(Set.of(Encoding.PLAIN.value()), CompressionCodec.SNAPPY, 50, 0, VALUES / 2);
        ColumnFacts none = facts(Set.of(Encoding.PLAIN.value()), CompressionCodec.SNAPPY, 50, 0, VALUES);
        Settings smallest = BALANCED.withEffort(Effort.SMALLEST);

        long expected = VALUES / 2 / WINDOW * 100_000;
        assertThat(RecodePolicy.refine(half, JOINED, sample, smallest).expectedBytes())
                .isBetween(expected, expected * 101 / 100);
        assertThat(RecodePolicy.refine(none, JOINED, sample, smallest).expectedBytes())
                .isBetween(1L, 10_000L);
    }

    private static ColumnPlan refined(ColumnSample sample, Settings settings) {
        return RecodePolicy.refine(facts(), JOINED, sample, settings);
    }

    /** Five windows of values drawn evenly from {@code population}. */
    private static ColumnSample sample(long plain, long indices, long population) {
        Window[] windows = new Window[5];
        double seen = 0;
        for (int i = 0; i < windows.length; i++) {
            double after = population * -Math.expm1(-(double) WINDOW * (i + 1) / population);
            double distinct = population * -Math.expm1(-(double) WINDOW / population);
            windows[i] = window(plain, indices, Math.round(distinct), Math.round(after - seen));
            seen = after;
        }
        return new ColumnSample(
                List.of(PLAIN, DICTIONARY), List.of(windows), Math.round(seen) * 8, Math.round(seen) * 8);
    }

    private static Window window(long plain, long indices, long distinct, long fresh) {
        return new Window(WINDOW, 0, 120_000, fresh, new Rare(WINDOW, distinct, fresh), List.of(plain, indices));
    }

    private static ColumnFacts facts() {
        return facts(Encoding.PLAIN, CompressionCodec.SNAPPY, 50);
    }

    private static ColumnFacts facts(Encoding encoding, CompressionCodec codec, long pages) {
        return facts(Set.of(encoding.value()), codec, pages, encoding.isDictionary() ? pages : 0, -1);
    }

    /** Pages of indices, and of plain values behind them. */
    private static ColumnFacts facts(long pages, long indexed) {
        Set<Integer> encodings = indexed == pages
                ? Set.of(Encoding.PLAIN_DICTIONARY.value())
                : Set.of(Encoding.PLAIN_DICTIONARY.value(), Encoding.PLAIN.value());
        return facts(encodings, CompressionCodec.SNAPPY, pages, indexed, -1);
    }

    private static ColumnFacts facts(
            Set<Integer> encodings, CompressionCodec codec, long pages, long indexed, long nulls) {
        return new ColumnFacts(
                0,
                PhysicalType.INT64,
                50,
                VALUES,
                VALUES,
                nulls,
                STORED,
                8_000_000,
                new ColumnFacts.Pages(Set.of(codec.ordinal()), Set.of(1), false, encodings, pages, indexed, 160_000),
                new ColumnFacts.Dictionaries(0, true, 0, 0, 0, false, true),
                new ColumnFacts.Quirks(false, false, false, false, Set.of(), true));
    }
}
