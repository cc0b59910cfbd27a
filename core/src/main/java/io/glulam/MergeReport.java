package io.glulam;

import io.glulam.inputs.PassedOver;
import io.glulam.storage.Traffic;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a merge.
 *
 * @param outcome whether anything was written, and why not
 * @param inputs what it took
 * @param outputs what it published, in the order of the rows
 * @param passedOver files that it found and did not take; at most 1,000 of them
 * @param passedOverCounts how many it did not take, for each reason
 * @param traffic requests and bytes of stores, those of the outputs included
 * @param dropped what no output has of the inputs' key-value metadata, each with the reason, for people
 * @param replaced what was deleted; null if nothing was to be
 */
public record MergeReport(
        Outcome outcome,
        InputFacts inputs,
        List<CompactionReport> outputs,
        List<PassedOver> passedOver,
        Map<PassedOver.Reason, Integer> passedOverCounts,
        Traffic traffic,
        List<String> dropped,
        @Nullable Replaced replaced) {
    public MergeReport {
        outputs = List.copyOf(outputs);
        passedOver = List.copyOf(passedOver);
        passedOverCounts = Map.copyOf(passedOverCounts);
        dropped = List.copyOf(dropped);
    }

    /**
     * The files that a merge deleted because outputs hold their rows. No store that is known deletes on a condition, so each file was
     * looked at just before.
     *
     * @param inputs how many inputs
     * @param outputs how many outputs of earlier merges
     */
    public record Replaced(int inputs, int outputs) {}

    /** Returns the same with more requests. */
    MergeReport plus(Traffic more) {
        return new MergeReport(
                outcome, inputs, outputs, passedOver, passedOverCounts, traffic.plus(more), dropped, replaced);
    }

    /** Returns the same with what was deleted. */
    MergeReport withReplaced(Replaced deleted) {
        return new MergeReport(outcome, inputs, outputs, passedOver, passedOverCounts, traffic, dropped, deleted);
    }

    /** How a merge ended. */
    public enum Outcome {
        /** Outputs were written. */
        MERGED,
        /** There are no inputs, or none that may be taken. */
        NO_CANDIDATES,
        /** Every output would hold one input, whose row groups would all stay as they are. */
        NOTHING_GAINED,
        /** As {@code NOTHING_GAINED}, but some inputs were kept apart only because they do not go together. */
        SCHEMAS_DIFFER
    }

    /**
     * The inputs together.
     *
     * @param files how many
     * @param bytes sum of their sizes
     * @param rows sum of their rows
     * @param rowGroups sum of their row groups
     * @param order by which column they are ordered; null if they keep their order
     */
    public record InputFacts(
            int files,
            long bytes,
            long rows,
            long rowGroups,
            @Nullable InputOrder order) {}

    /**
     * Inputs in the order of a column's minimum.
     *
     * @param column path of the column, with dots
     * @param overlaps how many inputs may have a value before one of the input before: where there are none, the row groups
     *     of an output keep {@code sorting_columns} by that column
     */
    public record InputOrder(String column, int overlaps) {}
}
