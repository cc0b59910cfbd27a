package io.glulam.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LinearFitTest {
    @Test
    void theConstantsOfExactSumsAreFound() {
        double[][] amounts = {{400, 0.6, 8}, {800, 0.15, 8}, {100, 0.6, 8}, {400, 0.6, 96}};
        double[] measured = new double[amounts.length];
        for (int i = 0; i < measured.length; i++) {
            measured[i] = 0.002 * amounts[i][0] + 3 * amounts[i][1] + 0.05 * amounts[i][2];
        }
        double[] constants = LinearFit.constants(amounts, measured);
        assertThat(constants[0]).isCloseTo(0.002, within(1e-9));
        assertThat(constants[1]).isCloseTo(3, within(1e-9));
        assertThat(constants[2]).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void errorsCountByTheirPartOfTheMeasurement() {
        // 10 % more and 10 % less, of a small amount and of a large one, weigh nearly the same.
        double[] constants = LinearFit.constants(new double[][] {{1}, {1000}}, new double[] {1.1, 900});
        assertThat(constants[0]).isCloseTo(0.9802, within(1e-3));
    }

    @Test
    void noConstantIsNegative() {
        double[] constants = LinearFit.constants(new double[][] {{1, 1}, {2, 1}, {4, 1}}, new double[] {1, 2.1, 4.3});
        assertThat(constants[1]).isZero();
        assertThat(constants[0]).isBetween(1.0, 1.1);
    }

    @Test
    void termsThatAlwaysGrowTogetherAreRefused() {
        assertThatThrownBy(() -> LinearFit.constants(new double[][] {{1, 2}, {2, 4}}, new double[] {1, 2}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
