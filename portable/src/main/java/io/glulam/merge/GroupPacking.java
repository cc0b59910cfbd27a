package io.glulam.merge;

import io.glulam.join.Input;
import io.glulam.join.Slice;
import io.glulam.merge.OutputPacking.Packed;
import java.util.List;
import java.util.function.Predicate;

/** Decides whether groups of inputs are worth merging, and how much of a group each output takes. */
public final class GroupPacking {
    private final long maxFileBytes;
    private final long maxFooterBytes;
    private final Forecast forecast;

    /** Plans an output without writing it. */
    public interface Forecast {
        /** Whether the plan of an output with these slices changes anything. */
        boolean changes(InputGroup group, List<Slice> slices);

        /** Returns the compressed bytes that an output with these slices is expected to have. */
        long expectedBytes(InputGroup group, List<Slice> slices);
    }

    /**
     * @param maxFileBytes compressed bytes that an output aims at; {@link Long#MAX_VALUE} for one output
     * @param bufferBytes memory that buffers may take
     */
    public GroupPacking(long maxFileBytes, long bufferBytes, Forecast forecast) {
        this.maxFileBytes = maxFileBytes;
        // A footer longer than the buffers is refused, and a joined one is a little longer than its parts. A single
        // output is never divided.
        this.maxFooterBytes = maxFileBytes == Long.MAX_VALUE ? Long.MAX_VALUE : bufferBytes * 3 / 4;
        this.forecast = forecast;
    }

    /**
     * Whether an output of the group would hold several inputs, or one of which something changes or that is missing.
     *
     * @param missing tells of an input that lies alone in an output whether it has to be written in any case
     */
    public boolean gains(InputGroup group, Predicate<Input> missing) {
        OutputPacking packing = unmeasured(group);
        while (packing.hasNext()) {
            Packed packed = packing.next();
            ScannedInput alone = packed.alone();
            if (alone != null && missing.test(alone.input()) || !stays(group, packed)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an output would hold one input as it is. */
    public boolean stays(InputGroup group, Packed packed) {
        ScannedInput alone = packed.alone();
        return alone != null
                && (alone.healthy() || alone.rowGroups() <= 1 || !forecast.changes(group, packed.slices()));
    }

    /** Packs a group. Of several outputs, the first one's plan tells how much smaller they come out, and how many inputs each takes. */
    public OutputPacking packing(InputGroup group) {
        OutputPacking trial = unmeasured(group);
        Packed first = trial.next();
        OutputPacking packing = unmeasured(group);
        if (trial.hasNext() && first.slices().size() > 1) {
            long expected = forecast.expectedBytes(group, first.slices());
            // The next run would merge it again.
            if (expected < OutputPacking.FULL * first.bytes()) {
                packing.observe(expected, first.bytes());
            }
        }
        return packing;
    }

    private OutputPacking unmeasured(InputGroup group) {
        return new OutputPacking(group.inputs(), maxFileBytes, maxFooterBytes);
    }
}
