package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;
import io.glulam.page.PageSections;
import io.glulam.testkit.generate.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Encoded values of several pages, joined: what comes out is what one page with all values holds. */
class ValueSplicersTest {
    private static final int MARGIN = 3;

    static LongStream seeds() {
        return Seeds.stream(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void plainValuesOfOneWidthFollowEachOther(long seed) {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(16);
        PlainSplicer splicer = new PlainSplicer(width);
        ByteArrayBuilder all = new ByteArrayBuilder(16);
        for (int count : counts(random)) {
            byte[] values = bytes(random, count * width);
            all.append(values, 0, values.length);
            add(splicer, withPadding(values, random), count);
        }
        assertThat(finished(splicer)).as("seed %d", seed).isEqualTo(bytes(all));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void plainByteArraysFollowEachOther(long seed) {
        Random random = new Random(seed);
        PlainSplicer splicer = new PlainSplicer(-1);
        ByteArrayBuilder all = new ByteArrayBuilder(16);
        for (int count : counts(random)) {
            ByteArrayBuilder values = new ByteArrayBuilder(16);
            for (int i = 0; i < count; i++) {
                byte[] value = bytes(random, random.nextInt(20));
                values.appendInt(value.length);
                values.append(value, 0, value.length);
            }
            all.append(values.array(), 0, values.size());
            add(splicer, withPadding(bytes(values), random), count);
        }
        assertThat(finished(splicer)).as("seed %d", seed).isEqualTo(bytes(all));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void plainBooleansShiftToCloseTheGaps(long seed) {
        Random random = new Random(seed);
        PlainBooleanSplicer splicer = new PlainBooleanSplicer();
        boolean[] all = new boolean[0];
        for (int count : counts(random)) {
            byte[] packed = bytes(random, (count + 7) / 8);
            int from = all.length;
            all = Arrays.copyOf(all, from + count);
            for (int i = 0; i < count; i++) {
                all[from + i] = (packed[i / 8] >> i % 8 & 1) == 1;
            }
            add(splicer, withPadding(packed, random), count);
        }
        byte[] joined = finished(splicer);
        assertThat(joined).as("seed %d", seed).isEqualTo(packed(all));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rleBooleansAreRunAgain(long seed) {
        Random random = new Random(seed);
        RleBooleanSplicer splicer = new RleBooleanSplicer();
        int[] all = new int[0];
        for (int count : counts(random)) {
            int[] values = random.ints(count, 0, 2).toArray();
            all = concat(all, values);
            ByteArrayBuilder page = new ByteArrayBuilder(16);
            page.appendInt(0);
            HybridEncoder.encode(values, 0, count, 1, page);
            page.setInt(0, page.size() - 4);
            add(splicer, withPadding(bytes(page), random), count);
        }
        byte[] joined = finished(splicer);
        int[] found = new int[all.length];
        HybridDecoder.decode(joined, 4, joined.length, 1, found, 0, found.length);
        assertThat(found).as("seed %d", seed).isEqualTo(all);
        assertThat(joined[0] & 0xff | (joined[1] & 0xff) << 8).isEqualTo(joined.length - 4);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void splitStreamsFollowEachOtherByStream(long seed) {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(12);
        ByteStreamSplitSplicer splicer = new ByteStreamSplitSplicer(width);
        byte[] plain = new byte[0];
        for (int count : counts(random)) {
            byte[] values = bytes(random, count * width);
            int from = plain.length;
            plain = Arrays.copyOf(plain, from + values.length);
            System.arraycopy(values, 0, plain, from, values.length);
            add(splicer, split(values, width), count);
        }
        assertThat(finished(splicer)).as("seed %d", seed).isEqualTo(split(plain, width));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void indicesAreRenumbered(long seed) {
        Random random = new Random(seed);
        int unionSize = 1 + random.nextInt(random.nextBoolean() ? 3 : 70_000);
        int unionWidth = 32 - Integer.numberOfLeadingZeros(unionSize - 1);
        boolean singleRun = random.nextBoolean();
        IndexSplicer splicer = new IndexSplicer(unionWidth, singleRun);
        int[] all = new int[0];
        for (int count : counts(random)) {
            int entries = 1 + random.nextInt(random.nextBoolean() ? 1 : 300);
            int width = 32 - Integer.numberOfLeadingZeros(entries - 1) + random.nextInt(3);
            int[] mapping = random.ints(entries, 0, unionSize).toArray();
            int[] indices = random.ints(count, 0, entries).toArray();
            splicer.mapping(mapping, entries);
            add(splicer, withPadding(indexPage(indices, width), random), count);
            all = concat(all, Arrays.stream(indices).map(i -> mapping[i]).toArray());
        }
        byte[] joined = finished(splicer);
        int[] found = new int[all.length];
        HybridDecoder.decode(joined, 1, joined.length, joined[0], found, 0, found.length);
        assertThat(joined[0]).isEqualTo((byte) unionWidth);
        assertThat(found).as("seed %d", seed).isEqualTo(all);
    }

    @Test
    void indicesOfZeroBitsBecomeIndicesOfMany() {
        IndexSplicer splicer = new IndexSplicer(3, false);
        splicer.mapping(new int[] {5}, 1);
        add(splicer, new byte[] {0, 20}, 10);
        splicer.mapping(new int[] {6}, 1);
        add(splicer, new byte[] {0, 3}, 8);

        byte[] joined = finished(splicer);
        int[] found = new int[18];
        HybridDecoder.decode(joined, 1, joined.length, 3, found, 0, 18);
        assertThat(Arrays.copyOf(found, 10)).containsOnly(5);
        assertThat(Arrays.copyOfRange(found, 10, 18)).containsOnly(6);
    }

    @Test
    void aPageOfNullsMayLackItsWidth() {
        IndexSplicer splicer = new IndexSplicer(2, false);
        add(splicer, new byte[0], 0);
        assertThat(finished(splicer)).containsExactly(2);
    }

    @Test
    void anIndexBehindTheDictionaryIsRefused() {
        IndexSplicer splicer = new IndexSplicer(8, false);
        splicer.mapping(new int[300], 3);

        assertThatThrownBy(() -> add(splicer, indexPage(new int[] {0, 1, 2, 3}, 2), 4))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("dictionary index 3");
        assertThatThrownBy(() -> add(splicer, indexPage(new int[] {-1}, 32), 1)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(splicer, new byte[0], 1)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(splicer, new byte[] {33, 2, 0}, 1)).isInstanceOf(CorruptFile.class);
    }

    @Test
    void pagesTooShortForTheirValuesAreRefused() {
        assertThatThrownBy(() -> add(new PlainSplicer(8), new byte[15], 2)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new PlainSplicer(8), new byte[15], Integer.MAX_VALUE))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new PlainSplicer(-1), new byte[3], 1)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new PlainSplicer(-1), new byte[] {-1, -1, -1, 0x7f, 0}, 1))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new PlainSplicer(-1), new byte[] {-1, -1, -1, -1, 0}, 1))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new PlainBooleanSplicer(), new byte[1], 9)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new RleBooleanSplicer(), new byte[3], 1)).isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new RleBooleanSplicer(), new byte[] {9, 0, 0, 0, 2, 1}, 1))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new ByteStreamSplitSplicer(4), new byte[15], 4))
                .isInstanceOf(CorruptFile.class);
        assertThatThrownBy(() -> add(new ByteStreamSplitSplicer(4), new byte[4], 1 << 30))
                .isInstanceOf(CorruptFile.class);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void levelsAreRunAgain(long seed) {
        Random random = new Random(seed);
        int maxLevel = 1 + random.nextInt(6);
        int width = 32 - Integer.numberOfLeadingZeros(maxLevel);
        LevelSplicer splicer = new LevelSplicer(maxLevel);
        splicer.clear();
        int[] all = new int[0];
        for (int count : counts(random)) {
            int[] levels = random.ints(count, 0, maxLevel + 1).toArray();
            if (random.nextBoolean()) {
                Arrays.fill(levels, maxLevel);
            }
            all = concat(all, levels);
            ByteArrayBuilder page = new ByteArrayBuilder(16);
            HybridEncoder.encode(levels, 0, count, width, page);
            byte[] bytes = withPadding(bytes(page), random);
            splicer.add(bytes, MARGIN, bytes.length - 2 * MARGIN, count);
        }
        ByteArrayBuilder out = new ByteArrayBuilder(16);
        splicer.finish(out);
        int[] found = new int[all.length];
        HybridDecoder.decode(out.array(), 0, out.size(), width, found, 0, found.length);
        assertThat(found).as("seed %d", seed).isEqualTo(all);
    }

    @Test
    void levelsOfAColumnWithoutAnyTakeNoBytes() {
        LevelSplicer splicer = new LevelSplicer(0);
        splicer.add(new byte[0], 0, 0, 100);
        ByteArrayBuilder out = new ByteArrayBuilder(16);
        splicer.finish(out);

        assertThat(out.size()).isZero();
        assertThat(splicer.countEqual(new byte[0], 0, 0, 100, 0)).isEqualTo(100);
    }

    // ------------------------------------------------------------

    private static int[] counts(Random random) {
        return random.ints(1 + random.nextInt(6), 1, random.nextBoolean() ? 12 : 300)
                .toArray();
    }

    private static void add(ValueSplicer splicer, byte[] page, int count) {
        boolean padded = page.length >= 2 * MARGIN && page[0] == 0x55 && page[page.length - 1] == 0x55;
        int margin = padded ? MARGIN : 0;
        splicer.add(page, new PageSections(0, 0, 0, 0, margin, page.length - 2 * margin), count);
    }

    /** The values with bytes of others around them. */
    private static byte[] withPadding(byte[] values, Random random) {
        byte[] padded = new byte[values.length + 2 * MARGIN];
        Arrays.fill(padded, (byte) 0x55);
        System.arraycopy(values, 0, padded, MARGIN, values.length);
        return padded;
    }

    private static byte[] finished(ValueSplicer splicer) {
        ByteArrayBuilder out = new ByteArrayBuilder(16);
        splicer.finish(out);
        splicer.clear();
        return bytes(out);
    }

    private static byte[] indexPage(int[] indices, int width) {
        ByteArrayBuilder page = new ByteArrayBuilder(16);
        page.append(width);
        HybridEncoder.encode(indices, 0, indices.length, width, page);
        return bytes(page);
    }

    private static byte[] split(byte[] plain, int width) {
        int count = plain.length / width;
        byte[] streams = new byte[plain.length];
        for (int i = 0; i < plain.length; i++) {
            streams[i % width * count + i / width] = plain[i];
        }
        return streams;
    }

    private static byte[] packed(boolean[] values) {
        byte[] bytes = new byte[(values.length + 7) / 8];
        for (int i = 0; i < values.length; i++) {
            bytes[i / 8] |= (byte) ((values[i] ? 1 : 0) << i % 8);
        }
        return bytes;
    }

    private static int[] concat(int[] left, int[] right) {
        int[] both = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, both, left.length, right.length);
        return both;
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(ByteArrayBuilder builder) {
        return Arrays.copyOf(builder.array(), builder.size());
    }
}
