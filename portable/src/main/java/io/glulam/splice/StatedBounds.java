package io.glulam.splice;

import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.UnsignedBytes;
import io.glulam.statistics.ValueOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bounds that the source states of each fragment and of each page against the entries of the dictionary that
 * pages use. An entry outside of them need not be used by any page; a page that uses one shows that the bounds are wrong.
 * Thread-safe.
 */
public final class StatedBounds {
    private static final int LENGTH_PREFIX = 4;

    private final Leaf leaf;
    private final ValueOrder order;
    private final List<@Nullable Pair> ofFragments;
    private final List<@Nullable Pair> ofPages;
    private final AtomicBoolean contradicted = new AtomicBoolean();

    /**
     * A least and a greatest value, which are valid and in order.
     *
     * @param minOccurs whether the least value must be an entry of the dictionary: it is called exact, and there are no
     *     values outside of the dictionary
     * @param maxOccurs the same of the greatest value
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Pair(byte[] min, byte[] max, boolean minOccurs, boolean maxOccurs) {}

    /**
     * @param ofFragments the bounds of each fragment, in source order; null where there are none
     * @param ofPages the bounds of each data page that has others than its fragment; null for the others
     */
    StatedBounds(Leaf leaf, List<@Nullable Pair> ofFragments, List<@Nullable Pair> ofPages) {
        this.leaf = leaf;
        this.order = ValueOrder.of(leaf);
        this.ofFragments = ofFragments;
        this.ofPages = ofPages;
    }

    /** Whether the dictionary entries that pages use show that bounds are wrong. */
    public boolean isContradicted() {
        return contradicted.get();
    }

    /** A page uses an entry that {@link #outside} has found. */
    void contradict() {
        contradicted.set(true);
    }

    /**
     * Finds the fragments whose dictionary has entries outside of their bounds, where all dictionaries are the beginning of
     * their union: it need not be read again.
     *
     * @return the numbers of those whose pages have to be looked at, though they move as they are
     */
    public BitSet doubtful(SurveyedColumn column) {
        BitSet doubtful = new BitSet();
        UnionDictionary union = column.union();
        for (int fragment = 0; union != null && column.sameIndices() && fragment < ofFragments.size(); fragment++) {
            DictionaryPage dictionary = column.dictionary(fragment);
            boolean[] outside = dictionary == null
                    ? null
                    : outside(fragment, union.bytes(), dictionary.header().valueCount());
            doubtful.set(fragment, outside != null);
        }
        return doubtful;
    }

    /** Whether a data page has other bounds than its fragment. */
    boolean areOfPage(int page) {
        return ofPages.get(page) != null;
    }

    /**
     * Finds the entries of a fragment's dictionary that lie outside of the fragment's bounds. A bound that must occur and
     * is no entry contradicts itself.
     *
     * @param body PLAIN entries
     * @return whether each does; null if none does, as in nearly every file
     */
    boolean @Nullable [] outside(int fragment, byte[] body, int entries) {
        Pair pair = ofFragments.get(fragment);
        if (pair == null) {
            return null;
        }
        boolean[] outside = null;
        boolean minMissing = pair.minOccurs();
        boolean maxMissing = pair.maxOccurs();
        Entries dictionary = new Entries(body);
        for (int entry = 0; entry < entries; entry++) {
            dictionary.next();
            if (!dictionary.isWithin(pair)) {
                outside = outside == null ? new boolean[entries] : outside;
                outside[entry] = true;
            }
            minMissing = minMissing && !dictionary.is(pair.min());
            maxMissing = maxMissing && !dictionary.is(pair.max());
        }
        if (entries > 0 && (minMissing || maxMissing)) {
            contradict();
        }
        return outside;
    }

    /**
     * Holds the entries that a data page uses against its own bounds.
     *
     * @param body PLAIN entries of its fragment's dictionary
     * @param used which of them the page uses
     */
    void check(int page, byte[] body, boolean[] used) {
        Pair pair = ofPages.get(page);
        if (pair == null || isContradicted()) {
            return;
        }
        Entries dictionary = new Entries(body);
        for (boolean isUsed : used) {
            dictionary.next();
            if (isUsed && !dictionary.isWithin(pair)) {
                contradict();
                return;
            }
        }
    }

    /** Goes over the entries of a dictionary page's body. */
    private final class Entries {
        private final byte[] body;
        private final byte[] scratch = new byte[Math.max(0, leaf.valueWidth())];
        private final boolean variable = leaf.valueWidth() < 0;
        private int from;
        private int to;

        Entries(byte[] body) {
            this.body = body;
        }

        void next() {
            from = variable ? to + LENGTH_PREFIX : to;
            to = from + (variable ? LittleEndian.getInt(body, to) : leaf.valueWidth());
        }

        boolean isWithin(Pair pair) {
            if (variable && order.isBytewise()) {
                return UnsignedBytes.compare(body, from, to - from, pair.min(), 0, pair.min().length) >= 0
                        && UnsignedBytes.compare(body, from, to - from, pair.max(), 0, pair.max().length) <= 0;
            }
            byte[] value = value();
            // NaN has no place among bounds, and values without order none either.
            return !order.isBound(value)
                    || order.compare(value, pair.min()) >= 0 && order.compare(value, pair.max()) <= 0;
        }

        boolean is(byte[] bound) {
            if (order.isBytewise()) {
                return UnsignedBytes.compare(body, from, to - from, bound, 0, bound.length) == 0;
            }
            byte[] value = value();
            return order.isBound(value) && order.compare(value, bound) == 0;
        }

        private byte[] value() {
            if (variable) {
                return Arrays.copyOfRange(body, from, to);
            }
            System.arraycopy(body, from, scratch, 0, to - from);
            return scratch;
        }
    }
}
