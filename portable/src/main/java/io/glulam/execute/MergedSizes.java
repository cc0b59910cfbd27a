package io.glulam.execute;

import java.util.Arrays;

/** The report's sizes of the merged column chunks, in the order of the output: 16 bytes each. Not thread-safe. */
public final class MergedSizes {
    /** Of no chunks. */
    public static final MergedSizes NONE = new MergedSizes();

    private int count;
    private int[] sourcePages = {};
    private int[] pages = {};
    private long[] bytes = {};

    /** How many merged chunks there are. */
    public int count() {
        return count;
    }

    void add(int pagesRead, int pagesWritten, long compressedBytes) {
        if (count == pages.length) {
            int capacity = Math.max(64, count + (count >> 1));
            sourcePages = Arrays.copyOf(sourcePages, capacity);
            pages = Arrays.copyOf(pages, capacity);
            bytes = Arrays.copyOf(bytes, capacity);
        }
        sourcePages[count] = pagesRead;
        pages[count] = pagesWritten;
        bytes[count] = compressedBytes;
        count++;
    }

    /** Data pages that went in. */
    public int sourcePages(int chunk) {
        return sourcePages[chunk];
    }

    /** Data pages that came out. */
    public int pages(int chunk) {
        return pages[chunk];
    }

    /** Compressed bytes, page headers included. */
    public long bytes(int chunk) {
        return bytes[chunk];
    }
}
