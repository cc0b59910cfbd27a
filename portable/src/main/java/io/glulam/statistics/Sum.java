package io.glulam.statistics;

/** A sum of counts that is unknown as soon as one of them is, or as it leaves 63 bits. Not thread-safe. */
final class Sum {
    private long total;

    /** The sum of counts; -1 if one of them is unknown. */
    static long of(long[] counts) {
        Sum sum = new Sum();
        for (long count : counts) {
            sum.add(count);
        }
        return sum.total();
    }

    /** Begins again. */
    void clear() {
        total = 0;
    }

    /** Adds a count; a negative one is unknown. */
    void add(long count) {
        total = total < 0 || count < 0 || total + count < 0 ? -1 : total + count;
    }

    /** The sum; -1 if unknown. */
    long total() {
        return total;
    }
}
