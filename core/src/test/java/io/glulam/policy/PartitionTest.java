package io.glulam.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionTest {
    @Test
    void partsAreAsFewAsBruteForceFinds() {
        for (long seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            long[] rows = random.longs(1 + random.nextInt(11), 1, 40).toArray();
            long[] bytes = random.longs(rows.length, 1, 40).toArray();
            Limits limits = new Limits(1, 20 + random.nextInt(80), 20 + random.nextInt(80), 60);
            int[] ends = Partition.of(rows, bytes, 0, rows.length, limits);
            String what = "seed " + seed + ": " + Arrays.toString(ends);
            assertThat(ends.length).as(what).isEqualTo(fewest(rows, bytes, limits));
            assertThat(keepsLimits(rows, bytes, ends, limits)).as(what).isTrue();
        }
    }

    @Test
    void equalElementsAreSharedOutToPartsThatDifferByOne() {
        for (int count = 1; count < 300; count++) {
            long[] ones = new long[count];
            Arrays.fill(ones, 1);
            int[] ends = Partition.of(ones, ones, 0, count, new Limits(1, 17, 1_000, 60));
            assertThat(ends).hasSize((count + 16) / 17);
            int least = Integer.MAX_VALUE;
            int most = 0;
            int start = 0;
            for (int end : ends) {
                least = Math.min(least, end - start);
                most = Math.max(most, end - start);
                start = end;
            }
            assertThat(most - least)
                    .as("%d ones: %s", count, Arrays.toString(ends))
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void anElementBeyondTheLimitsStandsAlone() {
        long[] bytes = {1, 1, 100, 1, 1};
        assertThat(Partition.of(bytes, bytes, 0, 5, new Limits(1, 10, 10, 60))).containsExactly(2, 3, 5);
    }

    @Test
    void aSectionIsCutWithoutItsSurroundings() {
        long[] bytes = {9, 9, 1, 1, 9};
        assertThat(Partition.of(bytes, bytes, 2, 4, new Limits(1, 10, 10, 60))).containsExactly(4);
    }

    @Test
    void nothingHasNoParts() {
        assertThat(Partition.of(new long[0], new long[0], 0, 0, new Limits(1, 10, 10, 60)))
                .isEmpty();
    }

    /** Tries every set of cuts. */
    private static int fewest(long[] rows, long[] bytes, Limits limits) {
        int fewest = rows.length;
        for (int cuts = 0; cuts < 1 << (rows.length - 1); cuts++) {
            int parts = Integer.bitCount(cuts) + 1;
            int[] ends = new int[parts];
            int part = 0;
            for (int i = 0; i < rows.length - 1; i++) {
                if ((cuts >> i & 1) == 1) {
                    ends[part++] = i + 1;
                }
            }
            ends[part] = rows.length;
            if (parts < fewest && keepsLimits(rows, bytes, ends, limits)) {
                fewest = parts;
            }
        }
        return fewest;
    }

    private static boolean keepsLimits(long[] rows, long[] bytes, int[] ends, Limits limits) {
        int start = 0;
        for (int end : ends) {
            long sumRows = Arrays.stream(rows, start, end).sum();
            long sumBytes = Arrays.stream(bytes, start, end).sum();
            boolean within = sumRows <= limits.maxRows() && sumBytes <= limits.targetBytes();
            if (end <= start || end - start > 1 && !within) {
                return false;
            }
            start = end;
        }
        return start == rows.length;
    }
}
