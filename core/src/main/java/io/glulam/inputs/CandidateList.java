package io.glulam.inputs;

import io.glulam.memory.PackedTexts;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Candidates of which each takes a few dozen bytes, since a merge may have 100,000: what they have in common is held once,
 * and each is made when it is asked for. Not thread-safe while it is filled.
 */
final class CandidateList extends AbstractList<Candidate> implements RandomAccess {
    private final PackedTexts keys = new PackedTexts();
    private final Map<ObjectStore, Integer> storeNumbers = new IdentityHashMap<>();
    private final List<ObjectStore> stores = new ArrayList<>();
    private final Map<String, Integer> groupNumbers = new HashMap<>();
    private final List<String> groups = new ArrayList<>();
    /** Shorter than the list where only numbers of 0 follow. */
    private int[] storeOf = {};
    /** As {@link #storeOf}. */
    private int[] groupOf = {};
    /** As {@link #storeOf}, of sizes plus 1. */
    private long[] sizes = {};
    /** As {@link #storeOf}, of numbers in {@link #versions} plus 1. */
    private int[] versionOf = {};

    private final PackedTexts versions = new PackedTexts();
    private final BitSet pinned = new BitSet();

    @Override
    public boolean add(Candidate candidate) {
        int at = keys.size();
        ObjectRef object = candidate.object();
        storeOf = with(storeOf, at, number(storeNumbers, stores, object.store()));
        groupOf = with(groupOf, at, number(groupNumbers, groups, candidate.group()));
        if (candidate.size() >= 0) {
            sizes = at < sizes.length ? sizes : Arrays.copyOf(sizes, grown(at));
            sizes[at] = candidate.size() + 1;
        }
        String version = candidate.version();
        if (version != null) {
            versions.add(version);
            versionOf = with(versionOf, at, versions.size());
        }
        pinned.set(at, candidate.pinned());
        keys.add(object.key());
        return true;
    }

    private static int[] with(int[] numbers, int at, int number) {
        if (number == 0) {
            return numbers;
        }
        int[] enough = at < numbers.length ? numbers : Arrays.copyOf(numbers, grown(at));
        enough[at] = number;
        return enough;
    }

    private static int at(int[] numbers, int index) {
        return index < numbers.length ? numbers[index] : 0;
    }

    private static int grown(int size) {
        return Math.addExact(size, size / 4 + 16);
    }

    private static <T> int number(Map<T, Integer> numbers, List<T> all, T one) {
        Integer known = numbers.putIfAbsent(one, all.size());
        if (known == null) {
            all.add(one);
            return all.size() - 1;
        }
        return known;
    }

    @Override
    public Candidate get(int index) {
        String key = keys.get(index);
        int version = at(versionOf, index);
        return new Candidate(
                new ObjectRef(stores.get(at(storeOf, index)), key),
                groups.get(at(groupOf, index)),
                index < sizes.length ? sizes[index] - 1 : -1,
                version == 0 ? null : versions.get(version - 1),
                pinned.get(index));
    }

    @Override
    public int size() {
        return keys.size();
    }
}
