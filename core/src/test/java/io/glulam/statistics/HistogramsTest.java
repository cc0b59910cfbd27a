package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Histograms of levels are claims: a sum is one only if each part counts the values that it has. */
@Tag("once")
class HistogramsTest {
    private static final long[] NONE = {0, 0, 0};

    @Test
    void partsAreAddedLevelByLevel() {
        long[] first = Histograms.sum(NONE, new long[] {1, 2, 3}, 6);
        assertThat(Histograms.sum(first, new long[] {10, 0, 0}, 10)).containsExactly(11, 2, 3);
        assertThat(NONE).containsExactly(0, 0, 0);
    }

    @Test
    void aPartThatDoesNotCountItsValuesLeavesNoSum() {
        assertThat(Histograms.sum(NONE, new long[] {1, 2, 3}, 7)).isNull();
        assertThat(Histograms.sum(NONE, new long[] {1, 5}, 6)).isNull();
        assertThat(Histograms.sum(NONE, new long[] {7, -1, 0}, 6)).isNull();
        assertThat(Histograms.sum(NONE, null, 6)).isNull();
        assertThat(Histograms.sum(null, new long[] {1, 2, 3}, 6)).isNull();
    }

    @Test
    void aSumThatNoNumberHoldsIsNone() {
        long[] most = {Long.MAX_VALUE, 0, 0};
        assertThat(Histograms.sum(most, most, Long.MAX_VALUE)).isNull();
        assertThat(Histograms.counts(new long[] {Long.MAX_VALUE, Long.MAX_VALUE, 2}, 3, 0))
                .isFalse();
    }
}
