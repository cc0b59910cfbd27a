package io.glulam.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Numbers.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
        assertThat(Numbers.median(new double[] {9, 1, 2})).isEqualTo(2);
    }

    @Test
    void aRatioComparesEachRoundWithItsOwn() {
        double[] slowInTheMiddle = {2, 20, 2};
        double[] baseline = {1, 10, 1};
        assertThat(Numbers.ratio(slowInTheMiddle, baseline)).isEqualTo(2);
    }
}
