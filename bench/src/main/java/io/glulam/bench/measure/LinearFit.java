package io.glulam.bench.measure;

import java.util.Arrays;

/**
 * Explains measurements by sums of terms, each of which grows with a known amount: {@code measured = a₁·amount₁ + a₂·amount₂ + …}.
 * Finds the constants whose relative errors have the smallest sum of squares, by the normal equations. No constant is negative: the
 * most negative one becomes 0, and the others are found anew.
 */
public final class LinearFit {
    private final double[][] amounts;
    private final double[] measured;
    private final boolean[] absent;

    private LinearFit(double[][] amounts, double[] measured) {
        this.amounts = amounts;
        this.measured = measured;
        this.absent = new boolean[amounts[0].length];
    }

    /**
     * Returns the constants, in the order of the amounts.
     *
     * @param amounts of each measurement, as many for all
     * @param measured as many as there are rows of amounts, all of them positive
     */
    public static double[] constants(double[][] amounts, double[] measured) {
        LinearFit fit = new LinearFit(amounts, measured);
        while (true) {
            double[] constants = fit.solve();
            int worst = 0;
            for (int i = 1; i < constants.length; i++) {
                worst = constants[i] < constants[worst] ? i : worst;
            }
            if (constants[worst] >= 0) {
                return constants;
            }
            fit.absent[worst] = true;
        }
    }

    private double[] solve() {
        int count = absent.length;
        double[][] equations = new double[count][count + 1];
        for (int row = 0; row < amounts.length; row++) {
            double[] terms = new double[count + 1];
            for (int i = 0; i < count; i++) {
                terms[i] = absent[i] ? 0 : amounts[row][i] / measured[row];
            }
            terms[count] = 1; // The measurement itself: all errors are relative to it.
            for (int i = 0; i < count; i++) {
                for (int j = 0; j <= count; j++) {
                    equations[i][j] += terms[i] * terms[j];
                }
            }
        }
        for (int i = 0; i < count; i++) {
            if (absent[i]) {
                equations[i][i] = 1; // This constant is 0.
            }
        }
        return eliminated(equations);
    }

    /** Gauss and Jordan's elimination. The equations are symmetric and positive definite, so that no rows need to be exchanged. */
    private static double[] eliminated(double[][] equations) {
        int count = equations.length;
        for (int pivot = 0; pivot < count; pivot++) {
            double[] by = equations[pivot];
            double head = by[pivot];
            if (head == 0) {
                throw new IllegalArgumentException("the measurements cannot tell the terms apart");
            }
            for (int j = pivot; j <= count; j++) {
                by[j] /= head;
            }
            for (int i = 0; i < count; i++) {
                double factor = i == pivot ? 0 : equations[i][pivot];
                for (int j = pivot; j <= count; j++) {
                    equations[i][j] -= factor * by[j];
                }
            }
        }
        return Arrays.stream(equations).mapToDouble(row -> row[count]).toArray();
    }
}
