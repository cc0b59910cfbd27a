package io.glulam.cli.compact;

import io.glulam.CompactionReport;
import io.glulam.CompactionReport.ColumnResult;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.Reason;
import io.glulam.plan.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The result of a compaction, summed up by tier and reason. */
final class TierTotals {
    private TierTotals() {}

    /**
     * The work done in one way for one reason.
     *
     * @param tier how
     * @param reason why not a cheaper one
     * @param chunks column chunks of the output; row groups for kept ones
     * @param sourcePages data pages that went in; 0 for kept row groups, whose pages are not read
     * @param pages data pages that came out; 0 for kept row groups
     * @param sourceBytes compressed bytes of the sources
     * @param expectedBytes compressed bytes that the plan predicted
     * @param bytes compressed bytes that came out
     */
    record Line(
            Tier tier,
            Reason reason,
            long chunks,
            long sourcePages,
            long pages,
            long sourceBytes,
            long expectedBytes,
            long bytes) {
        private Line plus(Line other) {
            return new Line(
                    tier,
                    reason,
                    chunks + other.chunks,
                    sourcePages + other.sourcePages,
                    pages + other.pages,
                    sourceBytes + other.sourceBytes,
                    expectedBytes + other.expectedBytes,
                    bytes + other.bytes);
        }
    }

    /** The lines, from the cheapest tier to the dearest, the most bytes first. */
    static List<Line> of(CompactionReport report) {
        Map<Tier, Map<Reason, Line>> lines = new EnumMap<>(Tier.class);
        for (OutputGroup group : report.plan().groups()) {
            if (group instanceof KeptGroup kept) {
                add(
                        lines,
                        new Line(
                                Tier.KEEP,
                                kept.reason(),
                                1,
                                0,
                                0,
                                kept.sourceBytes(),
                                kept.sourceBytes(),
                                kept.sourceBytes()));
            }
        }
        for (ColumnResult column : report.columns()) {
            add(
                    lines,
                    new Line(
                            column.tier(),
                            column.reason(),
                            1,
                            column.sourcePages(),
                            column.pages(),
                            column.sourceBytes(),
                            column.expectedBytes(),
                            column.bytes()));
        }
        List<Line> sorted = new ArrayList<>();
        lines.values().forEach(ofTier -> sorted.addAll(ofTier.values()));
        sorted.sort(Comparator.comparing(Line::tier)
                .thenComparing(Comparator.comparingLong(Line::sourceBytes).reversed()));
        return sorted;
    }

    private static void add(Map<Tier, Map<Reason, Line>> lines, Line line) {
        lines.computeIfAbsent(line.tier, tier -> new EnumMap<>(Reason.class)).merge(line.reason, line, Line::plus);
    }
}
