package io.glulam.decode;

import io.glulam.format.Leaf;

/**
 * A running digest of a column's triplets: levels and values in order, whatever pages, encodings and batches they come
 * in. Equal digests of two readings prove, up to the chance of a collision in 64 bits each, that both hold the same
 * values at the same levels in the same order. Not thread-safe.
 */
public final class BatchDigest {
    private static final long FACTOR = 0x9e3779b185ebca87L;
    private static final long VALUE_FACTOR = 0xc2b2ae3d27d4eb4fL;

    private final RunDigest repetition = new RunDigest();
    private final RunDigest definition = new RunDigest();
    private final boolean repeated;
    private final boolean optional;
    /** Values take turns, so that four multiplications run at once. */
    private final long[] lanes = {1, 2, 3, 4};

    private long count;
    private long valueCount;

    public BatchDigest(Leaf leaf) {
        this.repeated = leaf.maxRepetitionLevel() > 0;
        this.optional = leaf.maxDefinitionLevel() > 0;
    }

    /** Goes on with a batch. */
    public void add(ColumnBatch batch) {
        count += batch.count();
        if (repeated) {
            repetition.add(batch.repetitionLevels(), batch.count());
        }
        if (optional) {
            definition.add(batch.definitionLevels(), batch.count());
        }
        if (batch.valueCount() > 0) {
            addValues(batch.holdsBytes() ? batch.hashes() : batch.numbers(), batch.valueCount());
        }
    }

    private void addValues(long[] values, int length) {
        int i = 0;
        while (i < length && (valueCount & 3) != 0) {
            addValue(values[i++]);
        }
        long a = lanes[0];
        long b = lanes[1];
        long c = lanes[2];
        long d = lanes[3];
        int end = length - 3;
        int from = i;
        for (; i < end; i += 4) {
            a = mix(a, values[i]);
            b = mix(b, values[i + 1]);
            c = mix(c, values[i + 2]);
            d = mix(d, values[i + 3]);
        }
        lanes[0] = a;
        lanes[1] = b;
        lanes[2] = c;
        lanes[3] = d;
        valueCount += i - from;
        while (i < length) {
            addValue(values[i++]);
        }
    }

    private void addValue(long value) {
        int lane = (int) valueCount & 3;
        lanes[lane] = mix(lanes[lane], value);
        valueCount++;
    }

    /** Different for any two different values, and for any two different lanes. */
    private static long mix(long lane, long value) {
        return Long.rotateLeft(lane + value * VALUE_FACTOR, 31) * FACTOR;
    }

    /** Whether both saw the same. */
    public boolean matches(BatchDigest other) {
        return count == other.count
                && valueCount == other.valueCount
                && repetition.value() == other.repetition.value()
                && definition.value() == other.definition.value()
                && java.util.Arrays.equals(lanes, other.lanes);
    }

    /** Of numbers that come in runs: each run counts once, with its length. */
    private static final class RunDigest {
        private long digest;
        private int number = -1;
        private long length;

        void add(int[] numbers, int count) {
            int i = 0;
            while (i < count) {
                int current = numbers[i];
                int start = i;
                while (i < count && numbers[i] == current) {
                    i++;
                }
                if (current != number) {
                    digest = value();
                    number = current;
                    length = 0;
                }
                length += i - start;
            }
        }

        long value() {
            return length == 0 ? digest : mix(mix(digest, number), length);
        }
    }
}
