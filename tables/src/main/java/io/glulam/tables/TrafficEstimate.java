package io.glulam.tables;

import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import java.util.Map;

/** Estimates what a compaction will ask of a store, from the table's metadata alone. */
public final class TrafficEstimate {
    /** Files up to this size are read by one request. */
    private static final long WHOLE_BYTES = 8L << 20;

    private static final long PART_BYTES = 16L << 20;

    private TrafficEstimate() {}

    /**
     * Returns the requests and bytes that merging files will take, at most about: row groups that the store copies itself
     * cost less.
     *
     * @param files number of files to merge
     * @param bytes sum of their sizes
     * @param outputs number of files that they become
     */
    public static Traffic of(int files, long bytes, int outputs) {
        long reads = files + bytes / WHOLE_BYTES;
        long parts = outputs == 0 ? 0 : Math.max(outputs, (bytes + PART_BYTES - 1) / PART_BYTES);
        long uploads = parts > outputs ? outputs : 0;
        return new Traffic(
                bytes,
                bytes,
                0,
                Map.of(
                        RequestKind.GET,
                        reads,
                        uploads == 0 ? RequestKind.PUT : RequestKind.UPLOAD_PART,
                        parts,
                        RequestKind.CREATE_UPLOAD,
                        uploads,
                        RequestKind.COMPLETE_UPLOAD,
                        uploads));
    }
}
