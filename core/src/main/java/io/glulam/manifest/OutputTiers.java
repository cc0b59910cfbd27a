package io.glulam.manifest;

/**
 * Which earlier outputs of a group a run takes up again, so that a folder that is merged into every hour holds few files.
 * A pure function.
 *
 * <p>The run takes the longest row of last outputs that, together with the new inputs, has at least {@value #GROWTH} times
 * the size of each of them, and no more than the target. So each time a byte is written again, it lies in a file at least
 * {@value #GROWTH} times as large: it is written at most 1 + log(target / input) times, with the base {@value #GROWTH}. At
 * most {@code GROWTH - 1} outputs of similar size stay beside each other. This is the compaction by size of
 * log-structured merge trees.
 */
public final class OutputTiers {
    /** More than e, so that the natural logarithm bounds how often a byte is written. */
    static final int GROWTH = 3;

    private OutputTiers() {}

    /**
     * Returns how many of the last outputs the run takes.
     *
     * @param sizes bytes of the earlier outputs, in the order of their rows
     * @param fresh bytes of the new inputs
     * @param target bytes that an output aims at
     */
    public static int taken(long[] sizes, long fresh, long target) {
        long total = fresh;
        long largest = 0;
        int taken = 0;
        for (int count = 1; count <= sizes.length; count++) {
            long size = sizes[sizes.length - count];
            if (size > target - total) {
                break;
            }
            total += size;
            largest = Math.max(largest, size);
            if (total / GROWTH >= largest) {
                taken = count;
            }
        }
        return taken;
    }
}
