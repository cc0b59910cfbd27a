package io.glulam.splice;

import io.glulam.error.GlulamException;
import io.glulam.fuzz.Draws;
import io.glulam.fuzz.Mismatch;
import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.PageSections;
import java.util.Arrays;

/**
 * Every splicer, and the levels: two pages' values, joined, are refused or decode to what the pages decode to one by one.
 * Indices and levels are decoded by {@link RunReader} too, which shares no code.
 */
public final class SplicersTarget {
    private static final int MAX_VALUES = 200;
    private static final long BASIS = 17;

    private SplicersTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        int kind = draws.nextInt(6);
        int width = draws.nextInt(17);
        int first = draws.nextInt(MAX_VALUES);
        int second = draws.nextInt(MAX_VALUES);
        int border = draws.nextInt(256);
        byte[] rest = draws.rest();
        int cut = Math.min(border, rest.length);
        byte[] one = Arrays.copyOfRange(rest, 0, cut);
        byte[] two = Arrays.copyOfRange(rest, cut, rest.length);
        try {
            switch (kind) {
                case 0 -> plain(new PlainSplicer(width + 1), width + 1, one, first, two, second);
                case 1 -> byteArrays(one, first, two, second);
                case 2 -> booleans(one, first, two, second);
                case 3 -> join(new RleBooleanSplicer(), one, first, two, second);
                case 4 -> streams(width + 1, one, first, two, second);
                default -> indices(width, one, first, two, second);
            }
            levels(1 + width % 7, one, first, two, second);
        } catch (GlulamException refused) {
            return;
        }
    }

    private static byte[] join(ValueSplicer splicer, byte[] one, int first, byte[] two, int second) {
        splicer.clear();
        splicer.add(one, values(one), first);
        splicer.add(two, values(two), second);
        ByteArrayBuilder out = new ByteArrayBuilder(64);
        splicer.finish(out);
        return Arrays.copyOf(out.array(), out.size());
    }

    private static PageSections values(byte[] body) {
        return new PageSections(0, 0, 0, 0, 0, body.length);
    }

    private static void plain(ValueSplicer splicer, int width, byte[] one, int first, byte[] two, int second) {
        byte[] joined = join(splicer, one, first, two, second);
        byte[] expected = Arrays.copyOf(one, (first + second) * width);
        System.arraycopy(two, 0, expected, first * width, second * width);
        require(Arrays.equals(joined, expected), "other plain values");
    }

    /** Streams may be longer than their values: what follows these is left out. */
    private static void streams(int width, byte[] one, int first, byte[] two, int second) {
        byte[] joined = join(new ByteStreamSplitSplicer(width), one, first, two, second);
        byte[] expected = new byte[(first + second) * width];
        for (int stream = 0; stream < width; stream++) {
            int at = stream * (first + second);
            System.arraycopy(one, stream * (one.length / width), expected, at, first);
            System.arraycopy(two, stream * (two.length / width), expected, at + first, second);
        }
        require(Arrays.equals(joined, expected), "other streams");
    }

    private static void byteArrays(byte[] one, int first, byte[] two, int second) {
        byte[] joined = join(new PlainSplicer(-1), one, first, two, second);
        byte[] alone = join(new PlainSplicer(-1), one, first, new byte[0], 0);
        require(Arrays.equals(Arrays.copyOf(joined, alone.length), alone), "other byte arrays");
    }

    private static void booleans(byte[] one, int first, byte[] two, int second) {
        byte[] joined = join(new PlainBooleanSplicer(), one, first, two, second);
        for (int i = 0; i < first + second; i++) {
            int expected = i < first ? bit(one, i) : bit(two, i - first);
            require(bit(joined, i) == expected, "another boolean at " + i);
        }
    }

    private static int bit(byte[] bytes, int at) {
        return bytes[at >> 3] >> (at & 7) & 1;
    }

    private static void indices(int entries, byte[] one, int first, byte[] two, int second) {
        int[] mapping = new int[entries + 1];
        for (int i = 0; i < mapping.length; i++) {
            mapping[i] = mapping.length - 1 - i;
        }
        IndexSplicer splicer = new IndexSplicer(BitWidth.of(mapping.length - 1), false);
        splicer.mapping(mapping, mapping.length);
        byte[] joined = join(splicer, one, first, two, second);
        long expected = BASIS;
        expected = digest(one, first, mapping, expected);
        expected = digest(two, second, mapping, expected);
        long found = new RunReader(joined, 1, joined.length, joined[0]).digest(BASIS, first + second);
        require(found == expected, "other indices");
    }

    private static long digest(byte[] page, int count, int[] mapping, long digest) {
        return count == 0
                ? digest
                : new RunReader(page, 1, page.length, page[0] & 0xff).digest(digest, count, mapping, mapping.length);
    }

    private static void levels(int max, byte[] one, int first, byte[] two, int second) {
        LevelSplicer splicer = new LevelSplicer(max);
        splicer.clear();
        splicer.add(one, 0, one.length, first);
        splicer.add(two, 0, two.length, second);
        ByteArrayBuilder out = new ByteArrayBuilder(64);
        splicer.finish(out);
        int width = BitWidth.of(max);
        int[] expected = new int[first + second];
        HybridDecoder.decode(one, 0, one.length, width, expected, 0, first);
        HybridDecoder.decode(two, 0, two.length, width, expected, first, second);
        int[] found = new int[first + second];
        HybridDecoder.decode(out.array(), 0, out.size(), width, found, 0, found.length);
        require(Arrays.equals(found, expected), "other levels");
    }

    private static void require(boolean good, String what) {
        if (!good) {
            throw new Mismatch(what);
        }
    }
}
