package io.glulam.bench.prediction;

/**
 * The compressed bytes of something, as the plan said and as they came out.
 *
 * @param column its name; empty for all columns together
 * @param source in the input
 * @param expected by the plan
 * @param actual in the output
 */
record Prediction(String column, long source, long expected, long actual) {
    /** How much the plan's bytes are above (positive) or below the output's, as a share of these. */
    double error() {
        return actual == 0 ? 0 : (double) (expected - actual) / actual;
    }
}
