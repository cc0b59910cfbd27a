package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.page.BitWidth;
import io.glulam.page.ByteArrayBuilder;
import io.glulam.page.HybridDecoder;
import io.glulam.page.HybridEncoder;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelSplicerTest {
    private static final int ROUNDS = 2_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 300})
    void levelsOfSeveralPagesAreRunAgainAsIfTheyHadBeenOfOne(int maxLevel) {
        Random random = new Random(maxLevel);
        LevelSplicer splicer = new LevelSplicer(maxLevel);
        for (int round = 0; round < ROUNDS; round++) {
            splicer.clear();
            int pages = 2 + random.nextInt(4);
            int usual = random.nextInt(maxLevel + 1);
            int[] all = {};
            for (int page = 0; page < pages; page++) {
                int[] levels = levels(random, maxLevel, usual);
                ByteArrayBuilder bytes = encoded(random, levels, maxLevel);
                splicer.add(bytes.array(), 0, bytes.size(), levels.length);
                all = IntStream.concat(Arrays.stream(all), Arrays.stream(levels))
                        .toArray();
            }
            ByteArrayBuilder found = new ByteArrayBuilder(16);
            splicer.finish(found);

            ByteArrayBuilder expected = new ByteArrayBuilder(16);
            HybridEncoder.encode(all, 0, all.length, BitWidth.of(maxLevel), expected);
            assertThat(Arrays.copyOf(found.array(), found.size()))
                    .as("round %d", round)
                    .isEqualTo(Arrays.copyOf(expected.array(), expected.size()));
            int[] decoded = new int[all.length];
            HybridDecoder.decode(found.array(), 0, found.size(), BitWidth.of(maxLevel), decoded, 0, all.length);
            assertThat(decoded).isEqualTo(all);
        }
    }

    /** Nearly always all the same, and the same as on other pages. */
    private static int[] levels(Random random, int maxLevel, int usual) {
        int[] levels = new int[1 + random.nextInt(40)];
        Arrays.fill(levels, random.nextInt(8) > 0 ? usual : random.nextInt(maxLevel + 1));
        if (random.nextInt(8) == 0) {
            levels[random.nextInt(levels.length)] = random.nextInt(maxLevel + 1);
        }
        return levels;
    }

    /** At times with more values than the page has, and with bytes behind them. */
    private static ByteArrayBuilder encoded(Random random, int[] levels, int maxLevel) {
        int more = random.nextInt(4) == 0 ? random.nextInt(100) : 0;
        int[] padded = Arrays.copyOf(levels, levels.length + more);
        Arrays.fill(padded, levels.length, padded.length, levels[levels.length - 1]);
        ByteArrayBuilder bytes = new ByteArrayBuilder(16);
        HybridEncoder.encode(padded, 0, padded.length, BitWidth.of(maxLevel), bytes);
        for (int i = random.nextInt(4) == 0 ? random.nextInt(4) : 0; i > 0; i--) {
            bytes.append(random.nextInt());
        }
        return bytes;
    }
}
