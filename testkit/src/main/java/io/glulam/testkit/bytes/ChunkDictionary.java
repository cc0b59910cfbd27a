package io.glulam.testkit.bytes;

import io.glulam.testkit.read.Values;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A chunk's dictionary. Where an entry occurs twice, indices use either at random. */
final class ChunkDictionary {
    private final Values entries;
    private final Map<ByteBuffer, List<Integer>> positions = new LinkedHashMap<>();

    private ChunkDictionary(Values entries) {
        this.entries = entries;
        for (int i = 0; i < entries.count(); i++) {
            positions
                    .computeIfAbsent(ByteBuffer.wrap(entries.get(i)), entry -> new ArrayList<>())
                    .add(i);
        }
    }

    static ChunkDictionary of(ChunkScript chunk) {
        if (chunk.dictionary != null) {
            return new ChunkDictionary(chunk.dictionary);
        }
        return new ChunkDictionary(distinct(chunk.triplets.values()));
    }

    /** The distinct values in order of appearance. */
    static Values distinct(Values values) {
        Map<ByteBuffer, byte[]> distinct = new LinkedHashMap<>();
        for (int i = 0; i < values.count(); i++) {
            byte[] value = values.get(i);
            distinct.putIfAbsent(ByteBuffer.wrap(value), value);
        }
        return Values.of(distinct.values().toArray(byte[][]::new));
    }

    Values entries() {
        return entries;
    }

    /** Bits that an index needs: 0 for one entry. */
    int width() {
        return 32 - Integer.numberOfLeadingZeros(Math.max(entries.count() - 1, 0));
    }

    int[] indices(Values values, Random random) {
        int[] indices = new int[values.count()];
        for (int i = 0; i < indices.length; i++) {
            List<Integer> choice = positions.get(ByteBuffer.wrap(values.get(i)));
            if (choice == null) {
                throw new IllegalArgumentException("the dictionary lacks value " + i);
            }
            indices[i] = choice.get(random.nextInt(choice.size()));
        }
        return indices;
    }
}
