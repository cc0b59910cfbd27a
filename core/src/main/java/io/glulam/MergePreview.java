package io.glulam;

import io.glulam.MergeReport.InputFacts;
import io.glulam.MergeReport.Outcome;
import io.glulam.inputs.PassedOver;
import io.glulam.plan.Plan;
import io.glulam.storage.Traffic;
import java.util.List;
import java.util.Map;

/**
 * The plan of a merge.
 *
 * @param outcome how it would end
 * @param inputs what it would take
 * @param outputs one plan for each output, in the order of the rows
 * @param passedOver files that it would not take; at most 1,000 of them
 * @param passedOverCounts how many it would not take, for each reason
 * @param expected requests and bytes that carrying it out will take of stores; nothing for local files
 * @param dropped what no output would get of the inputs' key-value metadata, each with the reason, for people
 */
public record MergePreview(
        Outcome outcome,
        InputFacts inputs,
        List<Plan> outputs,
        List<PassedOver> passedOver,
        Map<PassedOver.Reason, Integer> passedOverCounts,
        Traffic expected,
        List<String> dropped) {
    public MergePreview {
        outputs = List.copyOf(outputs);
        passedOver = List.copyOf(passedOver);
        passedOverCounts = Map.copyOf(passedOverCounts);
        dropped = List.copyOf(dropped);
    }
}
