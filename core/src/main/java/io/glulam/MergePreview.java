package io.glulam;

import io.glulam.MergeReport.InputFacts;
import io.glulam.plan.Plan;
import java.util.List;

/**
 * What a merge would do.
 *
 * @param inputs what it would read
 * @param outputs one plan for each output, in the order of the rows
 * @param dropped what no output would get of the inputs' key-value metadata, each with the reason, for people
 */
public record MergePreview(InputFacts inputs, List<Plan> outputs, List<String> dropped) {
    public MergePreview {
        outputs = List.copyOf(outputs);
        dropped = List.copyOf(dropped);
    }
}
