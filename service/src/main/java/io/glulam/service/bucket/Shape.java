package io.glulam.service.bucket;

/**
 * What an object's footer tells of its layout.
 *
 * @param bytes of the object
 * @param footerBytes of the footer, with its length and magic
 * @param rows of all row groups
 * @param threshold bytes under which its row groups are fragments
 * @param groupBytes compressed bytes of each row group, in file order
 * @param columns leaf columns
 * @param pageIndexes whether every column chunk has an offset index
 * @param compactable whether a compaction would merge any row groups, as far as the footer tells
 */
@SuppressWarnings("ArrayRecordComponent")
public record Shape(
        long bytes,
        long footerBytes,
        long rows,
        long threshold,
        long[] groupBytes,
        int columns,
        boolean pageIndexes,
        boolean compactable) {
    /** How many of the row groups are fragments. */
    public int fragments() {
        int fragments = 0;
        for (long size : groupBytes) {
            fragments += size < threshold ? 1 : 0;
        }
        return fragments;
    }

    /** Compressed bytes of all row groups. */
    public long dataBytes() {
        long sum = 0;
        for (long size : groupBytes) {
            sum += size;
        }
        return sum;
    }
}
