package io.glulam.merge;

import io.glulam.join.HeldBytes;
import io.glulam.join.Input;
import io.glulam.memory.PackedTexts;
import io.glulam.merge.ScannedInput.Region;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * Scanned inputs of which each takes about a hundred bytes, since a merge may have 100,000; each is made when it is asked
 * for. Reading is thread-safe once all are added and ordered.
 */
final class ScannedInputs extends AbstractList<ScannedInput> implements RandomAccess {
    private final PackedTexts keys = new PackedTexts();
    private final PackedTexts versions = new PackedTexts();
    private final List<ObjectStore> stores = new ArrayList<>();
    /** Empty while none is held. */
    private @Nullable HeldBytes[] held = {};

    private final Map<Integer, List<Region>> regions = new HashMap<>();
    private final BitSet healthy = new BitSet();
    /** Of each input its store, row groups, and bytes of the footer. */
    private int[] numbers = new int[3 * 16];
    /** Of each input its size, rows, and compressed bytes. */
    private long[] longs = new long[3 * 16];
    /** Which input stands where; null for the order in which they were added. */
    private int @Nullable [] order;

    @Override
    public boolean add(ScannedInput scanned) {
        int at = keys.size();
        if (3 * at == numbers.length) {
            int size = Math.multiplyExact(3, at + at / 4 + 16);
            numbers = Arrays.copyOf(numbers, size);
            longs = Arrays.copyOf(longs, size);
        }
        Input input = scanned.input();
        numbers[3 * at] = storeNumber(input.object().store());
        numbers[3 * at + 1] = scanned.rowGroups();
        numbers[3 * at + 2] = scanned.footerBytes();
        longs[3 * at] = input.size();
        longs[3 * at + 1] = scanned.rows();
        longs[3 * at + 2] = scanned.bytes();
        healthy.set(at, scanned.healthy());
        HeldBytes bytes = input.held();
        if (bytes != null) {
            if (at >= held.length) {
                held = Arrays.copyOf(held, Math.addExact(at, at / 2 + 16));
            }
            held[at] = bytes;
        }
        List<Region> own = scanned.regions();
        if (own != null) {
            regions.put(at, own);
        }
        versions.add(input.version());
        keys.add(input.object().key());
        return true;
    }

    /** A store is itself; there are few. */
    @SuppressWarnings("ReferenceEquality")
    private int storeNumber(ObjectStore store) {
        for (int i = 0; i < stores.size(); i++) {
            if (stores.get(i) == store) {
                return i;
            }
        }
        stores.add(store);
        return stores.size() - 1;
    }

    /**
     * Puts the inputs into another order.
     *
     * @param other of the inputs as they were added, by their numbers
     */
    void order(int[] other) {
        order = other.clone();
    }

    @Override
    public ScannedInput get(int index) {
        int[] ordered = order;
        int at = ordered == null ? index : ordered[index];
        ObjectRef object = new ObjectRef(stores.get(numbers[3 * at]), keys.get(at));
        return new ScannedInput(
                new Input(object, longs[3 * at], versions.get(at), at < held.length ? held[at] : null),
                numbers[3 * at + 1],
                longs[3 * at + 1],
                longs[3 * at + 2],
                numbers[3 * at + 2],
                healthy.get(at),
                regions.get(at));
    }

    @Override
    public int size() {
        return keys.size();
    }
}
