package io.glulam.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Positions of deleted rows, in few bytes. */
class DeletedRowsTest {
    static LongStream seeds() {
        return Seeds.stream(20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyWindowHoldsThePositionsThatWereAdded(long seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(20_000);
        BitSet expected = new BitSet();
        int one = 1 + random.nextInt(5);
        for (int row = 0; row < rows; row++) {
            expected.set(row, random.nextInt(one) == 0);
        }
        long base = random.nextBoolean() ? 0 : 1L << 40;
        DeletedRows.Builder builder = new DeletedRows.Builder();
        expected.stream().forEach(row -> builder.add(base + row).add(base + row));
        DeletedRows deleted = builder.build();

        assertThat(deleted.count()).isEqualTo(expected.cardinality());
        assertThat(deleted.end()).isEqualTo(expected.isEmpty() ? 0 : base + expected.length());
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(rows);
            int length = random.nextInt(rows);
            assertThat(deleted.within(base + from, length)).isEqualTo(expected.get(from, from + length));
        }
        List<Long> all = new ArrayList<>();
        deleted.forEach(row -> all.add(row - base));
        assertThat(all).isEqualTo(expected.stream().mapToObj(row -> (long) row).toList());
    }

    @Test
    void everyHundredthOfAMillionRowsTakesLessThanFourBytesEach() {
        DeletedRows.Builder builder = new DeletedRows.Builder();
        for (int row = 0; row < 1_000_000; row += 100) {
            builder.add(row);
        }
        assertThat(builder.build().memory()).isLessThan(4 * 10_000);
    }

    @Test
    void positionsThatDescendAreRefused() {
        DeletedRows.Builder builder = new DeletedRows.Builder().add(7);
        assertThatThrownBy(() -> builder.add(6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeletedRows.of(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
