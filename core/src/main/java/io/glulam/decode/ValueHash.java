package io.glulam.decode;

import io.glulam.page.LittleEndian;

/**
 * A hash of 64 bits over a value's bytes: finds values in tables and stands for them in digests. A change of any eight
 * bytes alone always changes it. Stateless; the same everywhere and in every run.
 */
public final class ValueHash {
    private static final long FACTOR = 0x9fb21c651e98df25L;
    private static final long SEED = 0x9e3779b97f4a7c15L;

    private ValueHash() {}

    /** The hash of {@code bytes[from, from + length)}. */
    public static long of(byte[] bytes, int from, int length) {
        long hash = SEED ^ length;
        int at = from;
        int end = from + length;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            hash = mix(hash ^ LittleEndian.getLong(bytes, at));
        }
        if (at < end) {
            hash = mix(hash ^ tail(bytes, at, end));
        }
        return hash ^ hash >>> 32;
    }

    /** The hashes of many values of one array. */
    static void of(byte[] bytes, int[] starts, int[] lengths, int count, long[] target) {
        for (int i = 0; i < count; i++) {
            target[i] = of(bytes, starts[i], lengths[i]);
        }
    }

    private static long tail(byte[] bytes, int at, int end) {
        long tail = 0;
        int i = at;
        if (end - i >= Integer.BYTES) {
            tail = LittleEndian.getInt(bytes, i) & 0xffff_ffffL;
            i += Integer.BYTES;
        }
        for (; i < end; i++) {
            tail = tail << 8 | bytes[i] & 0xff;
        }
        return tail;
    }

    private static long mix(long value) {
        long mixed = value * FACTOR;
        return mixed ^ mixed >>> 29;
    }
}
