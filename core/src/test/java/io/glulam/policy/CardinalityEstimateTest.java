package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class CardinalityEstimateTest {
    private static final int WINDOW = 20_000;
    private static final long VALUES = 1_000_000;

    @Test
    void valuesDrawnEvenlyAreCountedByTheirRepetitions() {
        for (int population : new int[] {2_000, 30_000, 100_000, 300_000}) {
            Random random = new Random(population);
            CardinalityEstimate estimate = sampled(5, position -> random.nextInt(population));
            double expected = population * -Math.expm1(-(double) VALUES / population);

            assertThat((double) estimate.among(VALUES))
                    .as("%d different values", population)
                    .isBetween(expected * 0.95, expected * 1.3);
        }
    }

    @Test
    void aFewValuesAreAFewHoweverMany() {
        assertThat(sampled(5, position -> position % 8).among(VALUES)).isEqualTo(8);
        assertThat(sampled(3, position -> 1).among(VALUES)).isEqualTo(1);
    }

    @Test
    void sortedValuesGoOnBeingNew() {
        // Runs of ten: the windows share none of them.
        assertThat(sampled(5, position -> position / 10).among(VALUES))
                .isCloseTo(VALUES / 10, Percentage.withPercentage(10));
    }

    @Test
    void valuesThatAllDifferStayDifferent() {
        assertThat(sampled(4, position -> position).among(VALUES)).isEqualTo(VALUES);
    }

    @Test
    void skewedValuesAreNotTakenForEven() {
        Random random = new Random(5);
        Set<Long> all = new HashSet<>();
        long[] skewed = new long[(int) VALUES];
        for (int i = 0; i < VALUES; i++) {
            skewed[i] = (long) (1 / Math.pow(random.nextDouble(), 1.3));
            all.add(skewed[i]);
        }

        assertThat(sampled(6, position -> skewed[(int) position]).among(VALUES)).isGreaterThan(all.size() * 9L / 10);
    }

    @Test
    void skewedValuesOfWhichMostHaveBeenSeenAreNotExpectedToGoOnGrowing() {
        int population = 50_000;
        for (double power : new double[] {2, 3, 4}) {
            for (int windows : new int[] {3, 8}) {
                Random random = new Random(7);
                long[] skewed = new long[(int) VALUES];
                Set<Long> all = new HashSet<>();
                for (int i = 0; i < VALUES; i++) {
                    skewed[i] = (long) (Math.pow(random.nextDouble(), power) * population);
                    all.add(skewed[i]);
                }

                assertThat((double) sampled(windows, position -> skewed[(int) position])
                                .among(VALUES))
                        .as("%d windows, power %s", windows, power)
                        .isBetween(all.size() * 0.8, all.size() * (windows == 3 ? 2 : 1.2));
            }
        }
    }

    @Test
    void fewValuesThatDriftGoOnDrifting() {
        // Ten new ones a window, or somewhat fewer by chance: nothing says that they become fewer.
        assertThat(CardinalityEstimate.of(
                                new long[] {WINDOW, WINDOW, WINDOW}, new long[] {10, 10, 10}, new long[] {10, 9, 8})
                        .among(VALUES))
                .isGreaterThan(300);
    }

    @Test
    void oneWindowAloneIsReadAsIfValuesWereEven() {
        Random random = new Random(1);
        assertThat(sampled(1, position -> random.nextInt(1_000)).among(VALUES)).isBetween(950L, 1_100L);
    }

    @Test
    void nothingIsNothing() {
        assertThat(CardinalityEstimate.of(new long[] {0}, new long[] {0}, new long[] {0})
                        .among(VALUES))
                .isZero();
        assertThat(sampled(3, position -> position).among(0)).isZero();
    }

    /** Windows spread over {@link #VALUES} values. */
    private static CardinalityEstimate sampled(int windows, LongUnaryOperator value) {
        long[] values = new long[windows];
        long[] distinct = new long[windows];
        long[] fresh = new long[windows];
        Set<Long> before = new HashSet<>();
        for (int window = 0; window < windows; window++) {
            long start = (VALUES - WINDOW) * window / Math.max(1, windows - 1);
            Set<Long> here = new HashSet<>();
            for (long position = start; position < start + WINDOW; position++) {
                here.add(value.applyAsLong(position));
            }
            values[window] = WINDOW;
            distinct[window] = here.size();
            fresh[window] = here.stream().filter(before::add).count();
        }
        return CardinalityEstimate.of(values, distinct, fresh);
    }
}
