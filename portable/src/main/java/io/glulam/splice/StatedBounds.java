package io.glulam.splice;

import io.glulam.format.Leaf;
import io.glulam.format.LittleEndian;
import io.glulam.format.UnsignedBytes;
import io.glulam.statistics.ValueOrder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Holds the bounds that the source states of each fragment against its dictionary. An entry outside of them need not be
 * used by any page; a page that uses one shows that the bounds are wrong. Thread-safe.
 */
public final class StatedBounds {
    private static final int LENGTH_PREFIX = 4;

    private final Leaf leaf;
    private final ValueOrder order;
    private final List<@Nullable Pair> pairs;
    private final AtomicBoolean contradicted = new AtomicBoolean();

    /** A least and a greatest value, which are valid and in order. */
    @SuppressWarnings("ArrayRecordComponent")
    record Pair(byte[] min, byte[] max) {}

    /** @param pairs the bounds of each fragment, in source order; null where there are none */
    StatedBounds(Leaf leaf, List<@Nullable Pair> pairs) {
        this.leaf = leaf;
        this.order = ValueOrder.of(leaf);
        this.pairs = pairs;
    }

    /** Whether a page uses a dictionary entry outside of its fragment's bounds. */
    public boolean isContradicted() {
        return contradicted.get();
    }

    /** A page uses an entry that {@link #outside} has found. */
    void contradict() {
        contradicted.set(true);
    }

    /**
     * Finds the entries of a fragment's dictionary that lie outside of its bounds.
     *
     * @param body PLAIN entries
     * @return whether each does; null if none does, as in nearly every file
     */
    boolean @Nullable [] outside(int fragment, byte[] body, int entries) {
        Pair pair = pairs.get(fragment);
        if (pair == null) {
            return null;
        }
        boolean[] outside = null;
        int position = 0;
        byte[] value = new byte[Math.max(0, leaf.valueWidth())];
        for (int entry = 0; entry < entries; entry++) {
            int length = leaf.valueWidth();
            if (length < 0) {
                length = LittleEndian.getInt(body, position);
                position += LENGTH_PREFIX;
            }
            if (!isWithin(pair, body, position, length, value)) {
                outside = outside == null ? new boolean[entries] : outside;
                outside[entry] = true;
            }
            position += length;
        }
        return outside;
    }

    private boolean isWithin(Pair pair, byte[] body, int from, int length, byte[] scratch) {
        if (leaf.valueWidth() < 0 && order.isBytewise()) {
            return UnsignedBytes.compare(body, from, length, pair.min(), 0, pair.min().length) >= 0
                    && UnsignedBytes.compare(body, from, length, pair.max(), 0, pair.max().length) <= 0;
        }
        byte[] value = scratch;
        if (leaf.valueWidth() < 0) {
            value = Arrays.copyOfRange(body, from, from + length);
        } else {
            System.arraycopy(body, from, value, 0, length);
        }
        // NaN has no place among bounds, and values without order none either.
        return !order.isBound(value) || order.compare(value, pair.min()) >= 0 && order.compare(value, pair.max()) <= 0;
    }
}
