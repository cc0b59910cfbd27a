package io.glulam.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Encoding;
import io.glulam.page.RepetitionLevels;
import org.junit.jupiter.api.Test;

/** Two row groups of four values and two rows each, whose pages end anywhere. */
class RowBoundariesTest {
    private final RowBoundaries boundaries = new RowBoundaries(new long[] {4, 4}, new long[] {2, 2});

    @Test
    void eachRowGroupHoldsItsRows() {
        assertThat(boundaries.add(levels(0, 1, 0))).isEqualTo(2);
        assertThat(boundaries.add(levels(1, 0, 1, 1, 0))).isEqualTo(2);
        assertThat(boundaries.areComplete()).isTrue();
        RowBoundaries shifted = new RowBoundaries(new long[] {4, 4}, new long[] {2, 2});
        assertThat(shifted.add(levels(0, 1, 1, 1, 0, 0, 0, 1))).isEqualTo(-1);
    }

    @Test
    void theLastRowGroupHoldsItsRowsToo() {
        assertThat(boundaries.add(levels(0, 1, 0, 1, 0, 0, 0, 1))).isEqualTo(5);
        assertThat(boundaries.areComplete()).isFalse();
    }

    @Test
    void eachRowGroupBeginsAtARow() {
        assertThat(boundaries.add(levels(0, 1, 0, 1))).isEqualTo(2);
        assertThat(boundaries.add(levels(1, 0, 0, 1))).isEqualTo(-1);
    }

    @Test
    void rowGroupsThatLackValuesAreNotComplete() {
        assertThat(boundaries.add(levels(0, 1, 0, 1))).isEqualTo(2);
        assertThat(boundaries.areComplete()).isFalse();
        assertThat(boundaries.add(levels(0, 1, 0, 1))).isEqualTo(2);
        assertThat(boundaries.add(levels(0))).as("more values").isEqualTo(-1);
    }

    /** In the deprecated encoding: bit after bit, from the most significant one on. */
    private static RepetitionLevels levels(int... levels) {
        byte[] bytes = new byte[(levels.length + 7) / 8];
        for (int i = 0; i < levels.length; i++) {
            bytes[i / 8] |= (byte) (levels[i] << 7 - i % 8);
        }
        return new RepetitionLevels(bytes, 0, bytes.length, Encoding.BIT_PACKED, 1, levels.length);
    }
}
