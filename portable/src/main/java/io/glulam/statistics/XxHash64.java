package io.glulam.statistics;

import io.glulam.format.LittleEndian;
import java.util.Objects;

/** The 64-bit xxHash with seed 0 that bloom filters are built on (specification: Bloom Filter, "Hash Function"). */
public final class XxHash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    /** {@code PRIME_1 + PRIME_2} in 64 bits. */
    private static final long FIRST_LANE = 0x60EA27EEADC0B5D6L;

    private XxHash64() {}

    /** The hash of all of {@code bytes}. */
    public static long hash(byte[] bytes) {
        return hash(bytes, 0, bytes.length);
    }

    /** The hash of {@code length} bytes from {@code from} on. */
    public static long hash(byte[] bytes, int from, int length) {
        Objects.checkFromIndexSize(from, length, bytes.length);
        int position = from;
        int end = from + length;
        long hash;
        if (length >= 32) {
            hash = stripes(bytes, from, length);
            position += length & ~31;
        } else {
            hash = PRIME_5;
        }
        return avalanche(tail(hash + length, bytes, position, end));
    }

    private static long stripes(byte[] bytes, int from, int length) {
        long first = FIRST_LANE;
        long second = PRIME_2;
        long third = 0;
        long fourth = -PRIME_1;
        int end = from + (length & ~31);
        for (int i = from; i < end; i += 32) {
            first = round(first, LittleEndian.getLong(bytes, i));
            second = round(second, LittleEndian.getLong(bytes, i + 8));
            third = round(third, LittleEndian.getLong(bytes, i + 16));
            fourth = round(fourth, LittleEndian.getLong(bytes, i + 24));
        }
        long hash = Long.rotateLeft(first, 1)
                + Long.rotateLeft(second, 7)
                + Long.rotateLeft(third, 12)
                + Long.rotateLeft(fourth, 18);
        hash = mergeRound(hash, first);
        hash = mergeRound(hash, second);
        hash = mergeRound(hash, third);
        return mergeRound(hash, fourth);
    }

    private static long tail(long start, byte[] bytes, int from, int end) {
        long hash = start;
        int position = from;
        for (; position + 8 <= end; position += 8) {
            hash ^= round(0, LittleEndian.getLong(bytes, position));
            hash = Long.rotateLeft(hash, 27) * PRIME_1 + PRIME_4;
        }
        if (position + 4 <= end) {
            hash ^= Integer.toUnsignedLong(LittleEndian.getInt(bytes, position)) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            position += 4;
        }
        for (; position < end; position++) {
            hash ^= (bytes[position] & 0xff) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return hash;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long mergeRound(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long value) {
        long hash = (value ^ value >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return hash ^ hash >>> 32;
    }
}
