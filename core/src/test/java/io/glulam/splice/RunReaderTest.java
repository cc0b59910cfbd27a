package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridEncoder;
import io.glulam.testkit.generate.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verification's own reader of runs, by what was encoded. */
class RunReaderTest {
    private static final long FACTOR = 0x9e3779b97f4a7c15L;

    static IntStream widths() {
        return IntStream.rangeClosed(0, 32);
    }

    @ParameterizedTest
    @MethodSource("widths")
    void countsAndDigestsEveryValueOnce(int width) {
        for (long seed : Seeds.stream().toArray()) {
            Random random = new Random(seed);
            int[] values = values(random, width);
            byte[] bytes = encoded(values, width, random.nextBoolean());
            int wanted = values[random.nextInt(values.length)];

            assertThat(reader(bytes, width).count(values.length, wanted))
                    .as("count, seed %d", seed)
                    .isEqualTo((int) Arrays.stream(values)
                            .filter(value -> value == wanted)
                            .count());
            assertThat(reader(bytes, width).digest(17, values.length))
                    .as("digest, seed %d", seed)
                    .isEqualTo(digest(values, 0, values.length));
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void goesOnWhereItStopped(int width) {
        for (long seed : Seeds.stream().toArray()) {
            Random random = new Random(seed);
            int[] values = values(random, width);
            RunReader reader = reader(encoded(values, width, random.nextBoolean()), width);
            int cut = random.nextInt(values.length);
            int wanted = values[values.length - 1];

            assertThat(reader.digest(17, cut)).as("digest, seed %d", seed).isEqualTo(digest(values, 0, cut));
            assertThat(reader.count(values.length - cut, wanted))
                    .as("count, seed %d", seed)
                    .isEqualTo((int) Arrays.stream(values, cut, values.length)
                            .filter(value -> value == wanted)
                            .count());
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void whatIsNotMappedCountsAsNone(int width) {
        for (long seed : Seeds.stream().toArray()) {
            Random random = new Random(seed);
            int[] values = values(random, width);
            int entries = random.nextInt(20);
            int[] mapping = random.ints(20, 0, 1_000).toArray();
            int[] mapped = Arrays.stream(values)
                    .map(value -> value >= 0 && value < entries ? mapping[value] : -1)
                    .toArray();

            assertThat(reader(encoded(values, width, false), width).digest(17, values.length, mapping, entries))
                    .as("seed %d", seed)
                    .isEqualTo(digest(mapped, 0, mapped.length));
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void sameIsWhatEveryValueMapsTo(int width) {
        for (long seed : Seeds.stream().toArray()) {
            Random random = new Random(seed);
            int entries = 1 + random.nextInt(Math.min(1 << Math.min(width, 20), 5_000));
            int[] values = Arrays.stream(values(random, width))
                    .map(value -> Math.floorMod(value, entries))
                    .toArray();
            int outWidth = random.nextInt(33);
            int[] mapping = random.ints(entries)
                    .map(entry -> outWidth == 0 ? 0 : entry >>> 32 - outWidth)
                    .toArray();
            int[] mapped = Arrays.stream(values).map(value -> mapping[value]).toArray();
            byte[] source = encoded(values, width, random.nextBoolean());
            boolean packed = random.nextBoolean();

            assertThat(same(source, width, encoded(mapped, outWidth, packed), outWidth, mapping, values.length))
                    .as("seed %d", seed)
                    .isTrue();
            int changed = random.nextInt(mapped.length);
            mapped[changed] ^= outWidth == 0 ? 0 : 1 << random.nextInt(outWidth);
            assertThat(same(source, width, encoded(mapped, outWidth, packed), outWidth, mapping, values.length))
                    .as("value %d changed, seed %d", changed, seed)
                    .isEqualTo(outWidth == 0);
            mapped[changed] = mapping[values[changed]];
            int unmapped = Arrays.stream(values).max().orElseThrow();
            assertThat(same(
                            source,
                            width,
                            encoded(mapped, outWidth, packed),
                            outWidth,
                            Arrays.copyOf(mapping, unmapped),
                            values.length))
                    .as("value %d not mapped, seed %d", unmapped, seed)
                    .isFalse();
        }
    }

    private static boolean same(byte[] source, int width, byte[] output, int outWidth, int[] mapping, int count) {
        return reader(output, outWidth).sameAs(reader(source, width), count, mapping, mapping.length);
    }

    private static RunReader reader(byte[] bytes, int width) {
        return new RunReader(bytes, 0, bytes.length, width);
    }

    private static long digest(int[] values, int from, int to) {
        long digest = 17;
        for (int i = from; i < to; i++) {
            digest = digest * FACTOR + values[i] + 1;
        }
        return digest;
    }

    private static byte[] encoded(int[] values, int width, boolean packed) {
        ByteArrayBuilder out = new ByteArrayBuilder(16);
        if (packed) {
            HybridEncoder.encodePacked(values, 0, values.length, width, out);
        } else {
            HybridEncoder.encode(values, 0, values.length, width, out);
        }
        return Arrays.copyOf(out.array(), out.size());
    }

    /** Now and then a run. */
    private static int[] values(Random random, int width) {
        int[] values = new int[1 + random.nextInt(700)];
        int run = random.nextInt(1, 40);
        for (int i = 0; i < values.length; i++) {
            boolean again = i > 0 && i / run % 3 == 0;
            int next = width == 0 ? 0 : random.nextInt() >>> 32 - width;
            values[i] = again ? values[i - 1] : random.nextBoolean() ? next & 15 : next;
        }
        return values;
    }
}
