package io.glulam;

import java.util.List;

/**
 * What a merge did.
 *
 * @param inputs what it read
 * @param outputs what it published, in the order of the rows
 * @param dropped what no output has of the inputs' key-value metadata, each with the reason, for people
 */
public record MergeReport(InputFacts inputs, List<CompactionReport> outputs, List<String> dropped) {
    public MergeReport {
        outputs = List.copyOf(outputs);
        dropped = List.copyOf(dropped);
    }

    /**
     * The inputs together.
     *
     * @param files how many
     * @param bytes sum of their sizes
     * @param rows sum of their rows
     * @param rowGroups sum of their row groups
     */
    public record InputFacts(int files, long bytes, long rows, long rowGroups) {}
}
