package io.glulam.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Page bodies of several kinds and sizes, all from one seed. */
final class PageBodies {
    private PageBodies() {}

    static List<byte[]> generate(long seed) {
        Random random = new Random(seed);
        List<byte[]> bodies = new ArrayList<>();
        for (int length : new int[] {0, 1, 2, 7, 100, 4_095, 65_536, 131_072, 131_073, 300_001, 1_100_000}) {
            bodies.add(noise(random, length));
            bodies.add(new byte[length]);
            bodies.add(phrases(random, length));
        }
        return bodies;
    }

    private static byte[] noise(Random random, int length) {
        byte[] body = new byte[length];
        random.nextBytes(body);
        return body;
    }

    /** Repeats of a few short sequences, with noise in between. */
    private static byte[] phrases(Random random, int length) {
        byte[][] phrases = new byte[20][];
        Arrays.setAll(phrases, i -> noise(random, 1 + random.nextInt(40)));
        byte[] body = new byte[length];
        int filled = 0;
        while (filled < length) {
            byte[] phrase = phrases[random.nextInt(phrases.length)];
            int count = Math.min(phrase.length, length - filled);
            System.arraycopy(phrase, 0, body, filled, count);
            filled += count;
        }
        return body;
    }
}
