package io.glulam.splice;

import io.glulam.format.Encoding;
import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.Statistics;
import io.glulam.statistics.PageSummary;
import io.glulam.statistics.ValueOrder;
import java.util.ArrayList;
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
    private final int width;
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
    private StatedBounds(Leaf leaf, List<@Nullable Pair> ofFragments, List<@Nullable Pair> ofPages) {
        this.leaf = leaf;
        this.width = leaf.valueWidth();
        this.ofFragments = ofFragments;
        this.ofPages = ofPages;
    }

    /**
     * Returns the bounds that the source states of a column.
     *
     * @param statistics of each fragment, as far as they are believed; null where nothing is
     * @param ofPages what is known of each data page
     */
    static StatedBounds of(SurveyedColumn column, @Nullable Statistics[] statistics, PageSummary[] ofPages) {
        ValueOrder order = ValueOrder.of(column.leaf());
        PageTable pages = column.pages();
        boolean[] hasOtherPages = hasOtherPagesThanIndices(pages, statistics.length);
        List<@Nullable Pair> fragments = new ArrayList<>(statistics.length);
        for (int i = 0; i < statistics.length; i++) {
            Statistics whole = statistics[i];
            fragments.add(whole == null ? null : pair(order, whole, !hasOtherPages[i]));
        }
        List<@Nullable Pair> own = new ArrayList<>(ofPages.length);
        for (int page = 0; page < ofPages.length; page++) {
            Pair pair = pair(order, ofPages[page].min(), ofPages[page].max(), false, false);
            own.add(isSame(pair, fragments.get(pages.fragment(page))) ? null : pair);
        }
        return new StatedBounds(column.leaf(), fragments, own);
    }

    private static boolean isSame(@Nullable Pair page, @Nullable Pair fragment) {
        return page != null
                && fragment != null
                && Arrays.equals(page.min(), fragment.min())
                && Arrays.equals(page.max(), fragment.max());
    }

    /** Of each fragment, whether a page's values are not in its dictionary. */
    private static boolean[] hasOtherPagesThanIndices(PageTable pages, int fragments) {
        boolean[] others = new boolean[fragments];
        for (int page = 0; page < pages.count(); page++) {
            others[pages.fragment(page)] |= !Encoding.isDictionary(pages.encoding(page));
        }
        return others;
    }

    private static @Nullable Pair pair(ValueOrder order, Statistics whole, boolean dictionaryEncoded) {
        if (whole.minValue() == null) {
            // Readers take the deprecated bounds then.
            return pair(order, whole.min(), whole.max(), false, false);
        }
        return pair(
                order,
                whole.minValue(),
                whole.maxValue(),
                dictionaryEncoded && Boolean.TRUE.equals(whole.minExact()),
                dictionaryEncoded && Boolean.TRUE.equals(whole.maxExact()));
    }

    private static @Nullable Pair pair(
            ValueOrder order, byte @Nullable [] min, byte @Nullable [] max, boolean minOccurs, boolean maxOccurs) {
        return min == null || max == null || order.isNaN(min) ? null : new Pair(min, max, minOccurs, maxOccurs);
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
            DictionaryTable dictionaries = column.dictionaries();
            boolean[] outside = dictionaries.has(fragment)
                    ? outside(fragment, union.bytes(), dictionaries.entryCount(fragment))
                    : null;
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
        EntryRange range = new EntryRange(leaf, pair.min(), pair.max());
        boolean[] outside = null;
        boolean minMissing = pair.minOccurs();
        boolean maxMissing = pair.maxOccurs();
        int from = 0;
        for (int entry = 0; entry < entries; entry++) {
            int start = start(from);
            int end = end(body, from);
            if (!range.holds(body, start, end)) {
                outside = outside == null ? new boolean[entries] : outside;
                outside[entry] = true;
            }
            minMissing = minMissing && !range.isMin(body, start, end);
            maxMissing = maxMissing && !range.isMax(body, start, end);
            from = end;
        }
        if (entries > 0 && (minMissing || maxMissing)) {
            contradict();
        }
        return outside;
    }

    /** The first byte of the value of the entry at {@code from}. */
    private int start(int from) {
        return width < 0 ? from + LENGTH_PREFIX : from;
    }

    /** One past its last byte. */
    private int end(byte[] body, int from) {
        return width < 0 ? from + LENGTH_PREFIX + LittleEndian.getInt(body, from) : from + width;
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
        EntryRange range = new EntryRange(leaf, pair.min(), pair.max());
        int from = 0;
        for (boolean isUsed : used) {
            int end = end(body, from);
            if (isUsed && !range.holds(body, start(from), end)) {
                contradict();
                return;
            }
            from = end;
        }
    }
}
