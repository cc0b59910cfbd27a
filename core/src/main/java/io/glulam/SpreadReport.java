package io.glulam;

import io.glulam.MergeReport.InputFacts;
import io.glulam.MergeReport.Outcome;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.storage.Traffic;
import java.util.List;
import java.util.Map;

/**
 * The result of a merge whose outputs other processes wrote.
 *
 * @param outcome how it ended
 * @param inputs that were read, or would be
 * @param outputs number of new files
 * @param bytes sum of their sizes
 * @param rows sum of their rows
 * @param remapped bytes of which dictionary indexes were renumbered
 * @param recoded bytes that were decompressed, or decoded and encoded
 * @param passedOver number of files that were no inputs, by reason
 * @param dropped what the outputs do not get of the inputs' metadata, for people
 * @param traffic requests and bytes of stores
 */
public record SpreadReport(
        Outcome outcome,
        InputFacts inputs,
        int outputs,
        long bytes,
        long rows,
        long remapped,
        long recoded,
        Map<Reason, Integer> passedOver,
        List<String> dropped,
        Traffic traffic) {
    public SpreadReport {
        passedOver = Map.copyOf(passedOver);
        dropped = List.copyOf(dropped);
    }

    SpreadReport plus(Traffic more) {
        return new SpreadReport(
                outcome, inputs, outputs, bytes, rows, remapped, recoded, passedOver, dropped, traffic.plus(more));
    }
}
