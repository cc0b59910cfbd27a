package io.glulam.recode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * How many values of a window are different.
 *
 * @param values that are counted
 * @param distinct different ones among them; NaNs and zeroes by their bits
 * @param fresh how many of those no earlier window holds
 */
public record DistinctCounts(long values, long distinct, long fresh) {
    /** A value is frequent if one in so many is it, in all windows together, and it is there at least a few times. */
    private static final int FREQUENT_SHARE = 256;

    private static final int MIN_FREQUENT = 8;

    /** Of each window, those values that are not frequent: of frequent ones, no more are to be expected elsewhere. */
    static List<DistinctCounts> ofRare(List<PageBuffer> windows, int entries) {
        int[] occurrences = new int[entries];
        long all = 0;
        for (PageBuffer window : windows) {
            for (int i = 0; i < window.values(); i++) {
                occurrences[window.indices()[i]]++;
            }
            all += window.values();
        }
        long frequent = Math.max(MIN_FREQUENT, all / FREQUENT_SHARE);
        BitSet before = new BitSet(entries);
        List<DistinctCounts> counts = new ArrayList<>();
        for (PageBuffer window : windows) {
            counts.add(ofRare(window, occurrences, frequent, before));
        }
        return counts;
    }

    private static DistinctCounts ofRare(PageBuffer window, int[] occurrences, long frequent, BitSet before) {
        BitSet here = new BitSet(occurrences.length);
        long values = 0;
        for (int i = 0; i < window.values(); i++) {
            int entry = window.indices()[i];
            if (occurrences[entry] < frequent) {
                values++;
                here.set(entry);
            }
        }
        int known = before.cardinality();
        before.or(here);
        return new DistinctCounts(values, here.cardinality(), before.cardinality() - known);
    }
}
