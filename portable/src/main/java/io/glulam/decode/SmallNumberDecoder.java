package io.glulam.decode;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import java.util.Arrays;

/** Small numbers in order: levels, dictionary indices, booleans. */
abstract class SmallNumberDecoder {
    /** Always 0, from no bytes. */
    static final SmallNumberDecoder ZEROES = new SmallNumberDecoder() {
        @Override
        void read(int[] target, int from, int count) {
            Arrays.fill(target, from, from + count, 0);
        }
    };

    /**
     * The next {@code count} numbers.
     *
     * @throws CorruptFile if the bytes hold fewer
     */
    abstract void read(int[] target, int from, int count);

    /**
     * How many of the next {@code count} numbers are 0.
     *
     * @throws CorruptFile if the bytes hold fewer
     */
    int zeros(int count) {
        int[] numbers = new int[Math.min(count, ColumnBatch.CAPACITY)];
        int zeros = 0;
        for (int left = count; left > 0; ) {
            int taken = Math.min(left, numbers.length);
            read(numbers, 0, taken);
            for (int i = 0; i < taken; i++) {
                zeros += numbers[i] == 0 ? 1 : 0;
            }
            left -= taken;
        }
        return zeros;
    }

    static CorruptFile exhausted() {
        return new CorruptFile(Place.UNKNOWN, "a run-length or bit-packed stream ends before its last value");
    }
}
