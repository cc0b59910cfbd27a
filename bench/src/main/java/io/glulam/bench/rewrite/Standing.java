package io.glulam.bench.rewrite;

import io.glulam.bench.measure.Measured;
import io.glulam.bench.measure.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    boolean succeeded() {
        return rounds.stream().allMatch(Measured::succeeded);
    }

    int lastExitCode() {
        return rounds.get(rounds.size() - 1).exitCode();
    }

    /** The wall times, round by round. */
    double[] seconds() {
        return rounds.stream().mapToDouble(Measured::seconds).toArray();
    }

    /** The median, with the least and the most. */
    String wall() {
        double[] sorted = seconds();
        Arrays.sort(sorted);
        return Numbers.format("%.2f s (%.2f–%.2f)", Numbers.median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    String processor() {
        double median = Numbers.median(
                rounds.stream().mapToDouble(Measured::processorSeconds).toArray());
        return median == 0 ? "–" : Numbers.format("%.2f s", median);
    }

    String peakResident() {
        long peak = rounds.stream().mapToLong(Measured::peakResident).max().orElse(0);
        return peak == 0 ? "–" : Numbers.mebibytes(peak);
    }

    long outputLength() {
        return rounds.get(0).outputLength();
    }

    long rowGroups() {
        return rowGroups;
    }
}
