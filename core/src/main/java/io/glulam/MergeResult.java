package io.glulam;

import io.glulam.CompactionReport.ColumnResult;
import io.glulam.storage.Traffic;
import java.io.Serializable;
import java.util.List;

/**
 * The result of a {@link MergeJob}: a file under a temporary name, written and verified.
 *
 * @param name of the file, as {@link MergeRunner} knows it
 * @param bytes its size
 * @param rows its rows
 * @param rowGroups its row groups
 * @param digest of its footer
 * @param remapped bytes of which dictionary indexes were renumbered
 * @param recoded bytes that were decompressed, or decoded and encoded
 * @param dropped footer fields and statistics that could not be carried along, for people
 * @param traffic what writing it took of stores
 */
public record MergeResult(
        String name,
        long bytes,
        long rows,
        int rowGroups,
        String digest,
        long remapped,
        long recoded,
        List<String> dropped,
        Traffic traffic)
        implements Serializable {
    public MergeResult {
        dropped = List.copyOf(dropped);
    }

    static MergeResult of(String name, String digest, CompactionReport report) {
        long remapped = 0;
        long recoded = 0;
        for (ColumnResult column : report.columns()) {
            switch (column.tier()) {
                case REMAP -> remapped += column.bytes();
                case COALESCE, RECODE -> recoded += column.bytes();
                default -> {
                    // Kept or joined: moved as it was.
                }
            }
        }
        return new MergeResult(
                name,
                report.after().bytes(),
                report.after().rows(),
                report.after().rowGroups(),
                digest,
                remapped,
                recoded,
                report.dropped(),
                report.cost().traffic());
    }
}
