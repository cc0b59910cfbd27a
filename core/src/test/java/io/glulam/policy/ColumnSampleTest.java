package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.policy.ColumnSample.Rare;
import io.glulam.policy.ColumnSample.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ColumnSampleTest {
    private static final int WINDOW = 20_000;

    @Test
    void aFrequentValueAmongEvenOnesDoesNotHideThatTheyAreEven() {
        // Every eleventh answer is empty, the others are of any size.
        Random random = new Random(7);
        Set<Integer> before = new HashSet<>();
        List<Window> windows = new ArrayList<>();
        for (int window = 0; window < 3; window++) {
            Set<Integer> here = new HashSet<>();
            int rare = 0;
            for (int i = 0; i < WINDOW; i++) {
                if (random.nextInt(11) > 0) {
                    here.add(random.nextInt(60_000));
                    rare++;
                }
            }
            long fresh = here.stream().filter(before::add).count();
            windows.add(new Window(
                    WINDOW, 0, 1, fresh + (window == 0 ? 1 : 0), new Rare(rare, here.size(), fresh), List.of()));
        }
        ColumnSample sample = new ColumnSample(List.of(), windows, 0, 0);

        assertThat(sample.distinctAmong(1_000_000)).isCloseTo(60_001, Percentage.withPercentage(10));
    }

    @Test
    void frequentValuesAloneAreAllThereAre() {
        ColumnSample sample =
                new ColumnSample(List.of(), List.of(new Window(WINDOW, 0, 1, 8, new Rare(0, 0, 0), List.of())), 0, 0);

        assertThat(sample.distinctAmong(1_000_000)).isEqualTo(8);
        assertThat(sample.distinctAmong(0)).isZero();
    }
}
