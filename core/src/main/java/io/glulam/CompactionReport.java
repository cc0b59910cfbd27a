package io.glulam;

import io.glulam.plan.Plan;
import io.glulam.plan.Reason;
import io.glulam.plan.Recoding;
import io.glulam.plan.Tier;
import io.glulam.storage.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of a compaction.
 *
 * @param plan what it carried out
 * @param published whether a file was written and published; false for a dry run or an in-place run with nothing to do
 * @param target name of what was published, or would have been
 * @param before the source
 * @param after the output; equal to {@code before} if nothing was published
 * @param columns one for each merged column chunk, in output order
 * @param cost bytes, time and requests that the run took
 * @param dropped footer fields and statistics that could not be carried along, each with its reason, for people
 * @param unguarded operations that the store could not make conditional; they were checked just before, so a race is
 *     possible; empty where all were conditional, and for local files
 */
public record CompactionReport(
        Plan plan,
        boolean published,
        String target,
        FileShape before,
        FileShape after,
        List<ColumnResult> columns,
        Cost cost,
        List<String> dropped,
        Set<Unguarded> unguarded) {
    public CompactionReport {
        columns = columns instanceof ColumnResults ? columns : List.copyOf(columns);
        dropped = List.copyOf(dropped);
        unguarded = Set.copyOf(unguarded);
    }

    /** Returns this report with other facts about what was read. */
    CompactionReport withBefore(FileShape other) {
        return new CompactionReport(plan, published, target, other, after, columns, cost, dropped, unguarded);
    }

    /** Returns this report with more requests. */
    CompactionReport plus(Traffic more) {
        return new CompactionReport(
                plan, published, target, before, after, columns, cost.plus(more), dropped, unguarded);
    }

    /**
     * What a run cost.
     *
     * @param bytesRead from the source
     * @param bytesWritten to the output
     * @param bytesUnpackedForRows decompressed to count rows, where pages move and where the output is verified
     * @param phases how long each took
     * @param traffic what was asked of stores; nothing for local files
     */
    public record Cost(
            long bytesRead, long bytesWritten, long bytesUnpackedForRows, List<PhaseTime> phases, Traffic traffic) {
        public Cost {
            phases = List.copyOf(phases);
        }

        private Cost plus(Traffic more) {
            return new Cost(bytesRead, bytesWritten, bytesUnpackedForRows, phases, traffic.plus(more));
        }
    }

    /** An operation that a store may not be able to make depend on a version. */
    public enum Unguarded {
        /** Publishing, on what lies under the target's name. */
        SWAP,
        /** The copies inside the store, on the source; where the swap depends on the source, they do by that. */
        COPIES
    }

    /**
     * How a merged column chunk came about.
     *
     * @param rowGroup position in the output
     * @param column dotted path
     * @param tier that was used
     * @param reason why not a cheaper one
     * @param sourcePages data pages that went in
     * @param pages data pages that came out
     * @param sourceBytes of the source chunks
     * @param expectedBytes of the output chunk, as the plan predicted
     * @param bytes of the output chunk
     * @param recoding how values were encoded; null if none was decoded
     */
    public record ColumnResult(
            int rowGroup,
            String column,
            Tier tier,
            Reason reason,
            int sourcePages,
            int pages,
            long sourceBytes,
            long expectedBytes,
            long bytes,
            @Nullable Recoding recoding) {}

    /**
     * The time that a phase took.
     *
     * @param phase which
     * @param wall elapsed
     * @param cpu of all threads of the process
     */
    public record PhaseTime(ProgressListener.Phase phase, Duration wall, Duration cpu) {}
}
