package io.glulam.testkit.mutate;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes of lists in the structures that tell of pages. */
final class Tampering {
    private Tampering() {}

    /** Returns an element. */
    static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Exchanges two elements. */
    static void swap(List<?> list, Random random) {
        Collections.swap(list, random.nextInt(list.size()), random.nextInt(list.size()));
    }

    /** Adds to a number, which stays 0 or more. */
    static void more(List<Long> numbers, int at, long more) {
        numbers.set(at, Math.max(0, numbers.get(at) + more));
    }

    /** Returns a NaN of 4 or 8 bytes. */
    static byte[] nan(int width) {
        byte[] nan = new byte[width];
        Arrays.fill(nan, (byte) 0xff);
        nan[width - 1] = 0x7f;
        return nan;
    }

    /** Returns −0 of 4 or 8 bytes. */
    static byte[] negativeZero(int width) {
        byte[] zero = new byte[width];
        zero[width - 1] = (byte) 0x80;
        return zero;
    }
}
