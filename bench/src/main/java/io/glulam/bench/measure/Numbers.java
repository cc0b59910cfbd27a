package io.glulam.bench.measure;

import java.util.Arrays;
import java.util.Locale;

/** Numbers put together, and as the tables show them. */
public final class Numbers {
    private Numbers() {}

    /** Of at least one value. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The median of the rounds' own ratios, since machines drift. Both have as many rounds. */
    public static double ratio(double[] rounds, double[] baseline) {
        double[] ratios = new double[rounds.length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = rounds[round] / baseline[round];
        }
        return median(ratios);
    }

    public static String mebibytes(long bytes) {
        return format("%.1f MiB", bytes / (1024.0 * 1024.0));
    }

    /** {@link String#format} for machines and Markdown: a point, whatever the system's language. */
    @SuppressWarnings("AnnotateFormatMethod") // The annotation would be a dependency for this one line.
    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
