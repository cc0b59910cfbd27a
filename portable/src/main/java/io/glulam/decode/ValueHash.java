package io.glulam.decode;

import io.glulam.format.LittleEndian;

/**
 * A hash of 64 bits over a value's bytes: finds values in tables and stands for them in digests. Stateless; the same
 * everywhere and in every run.
 */
public final class ValueHash {
    private static final long FACTOR = 0x9fb21c651e98df25L;
    private static final long SEED = 0x9e3779b97f4a7c15L;

    private ValueHash() {}

    /** The hash of {@code bytes[from, from + length)}. */
    public static long of(byte[] bytes, int from, int length) {
        long hash = SEED ^ length;
        if (length < Long.BYTES) {
            return spread(mix(hash ^ few(bytes, from, length)));
        }
        int last = from + length - Long.BYTES;
        for (int at = from; at < last; at += Long.BYTES) {
            hash = mix(hash ^ LittleEndian.getLong(bytes, at));
        }
        // The last eight bytes may overlap those before.
        return spread(mix(hash ^ LittleEndian.getLong(bytes, last)));
    }

    /** The hashes of many values of one array. */
    static void of(byte[] bytes, int[] starts, int[] lengths, int count, long[] target) {
        for (int i = 0; i < count; i++) {
            target[i] = of(bytes, starts[i], lengths[i]);
        }
    }

    /** Up to seven bytes as a number. */
    private static long few(byte[] bytes, int from, int length) {
        if (from + Long.BYTES <= bytes.length) {
            return LittleEndian.getLong(bytes, from) & (1L << (length << 3)) - 1;
        }
        long few = 0;
        for (int i = from + length - 1; i >= from; i--) {
            few = few << 8 | bytes[i] & 0xff;
        }
        return few;
    }

    /** So that every bit depends on every byte: those of big-endian numbers are in the highest bits alone. */
    private static long spread(long hash) {
        long spread = (hash ^ hash >>> 32) * FACTOR;
        return spread ^ spread >>> 32;
    }

    private static long mix(long value) {
        long mixed = value * FACTOR;
        return mixed ^ mixed >>> 29;
    }
}
