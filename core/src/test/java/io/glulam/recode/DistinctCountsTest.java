package io.glulam.recode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DistinctCountsTest {
    @Test
    void whatOneValueInAFewHundredIsDoesNotCount() {
        // Entry 0 is frequent in both windows together, 1 to 3 are there a few times, 2 and 3 in one window only.
        PageBuffer first = window(0, 0, 0, 0, 0, 1, 2, 2);
        PageBuffer second = window(0, 0, 0, 1, 3);

        assertThat(DistinctCounts.ofRare(List.of(first, second), 4))
                .containsExactly(new DistinctCounts(3, 2, 2), new DistinctCounts(2, 2, 1));
    }

    @Test
    void aWindowOfNullsCountsNothing() {
        assertThat(DistinctCounts.ofRare(List.of(window()), 0)).containsExactly(new DistinctCounts(0, 0, 0));
    }

    private static PageBuffer window(int... indices) {
        PageBuffer page = new PageBuffer();
        page.clear(true);
        System.arraycopy(indices, 0, page.reserveIndices(indices.length), 0, indices.length);
        page.appended(indices.length);
        return page;
    }
}
