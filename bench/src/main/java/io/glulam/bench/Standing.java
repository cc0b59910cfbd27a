package io.glulam.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What one contender has shown so far on one input. */
final class Standing {
    private final Contender contender;
    private final List<Measured> rounds = new ArrayList<>();
    private long rowGroups;

    Standing(Contender contender) {
        this.contender = contender;
    }

    Contender contender() {
        return contender;
    }

    void add(Measured measured) {
        rounds.add(measured);
    }

    /** The row groups of its output. */
    void wrote(long outputRowGroups) {
        rowGroups = outputRowGroups;
    }

    /** A row of the table. The ratio is the median of the rounds' own ratios, since machines drift. */
    String row(Standing baseline) {
        if (!rounds.stream().allMatch(Measured::succeeded)) {
            int exitCode = rounds.get(rounds.size() - 1).exitCode();
            return "| %s | failed (exit code %d) | | | | |%n".formatted(contender.name(), exitCode);
        }
        double[] seconds =
                rounds.stream().mapToDouble(Measured::seconds).sorted().toArray();
        double[] ratios = new double[seconds.length];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] =
                    rounds.get(round).seconds() / baseline.rounds.get(round).seconds();
        }
        long peak = rounds.stream().mapToLong(Measured::peakResident).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "| %s | %.2f s (%.2f–%.2f) | %.2f | %s | %s | %d |%n",
                contender.name(),
                median(seconds),
                seconds[0],
                seconds[seconds.length - 1],
                median(ratios),
                peak == 0 ? "–" : mebibytes(peak),
                mebibytes(rounds.get(0).outputLength()),
                rowGroups);
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024.0));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
