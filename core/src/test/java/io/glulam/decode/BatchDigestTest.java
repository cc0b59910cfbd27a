package io.glulam.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two columns have one digest only if their levels and values are the same, in whatever batches they come. */
class BatchDigestTest {
    private static final Leaf LEAF =
            new Leaf(0, List.of("list", "element"), PhysicalType.INT64, 0, 1, 1, SortOrder.INT64_SIGNED);
    private static final int[] REPETITION = {0, 1, 1, 0, 0, 1};
    private static final int[] DEFINITION = {1, 1, 0, 1, 1, 1};
    private static final long[] VALUES = {7, -1, 3, 3, 9};

    private static ColumnBatch batch(int[] repetition, int[] definition, long[] values) {
        ColumnBatch batch = new ColumnBatch(LEAF);
        System.arraycopy(repetition, 0, batch.repetitionLevels(), 0, repetition.length);
        System.arraycopy(definition, 0, batch.definitionLevels(), 0, definition.length);
        System.arraycopy(values, 0, batch.numbers(), 0, values.length);
        batch.set(repetition.length, values.length, 0);
        return batch;
    }

    private static BatchDigest digest(int[] repetition, int[] definition, long[] values) {
        BatchDigest digest = new BatchDigest(LEAF);
        digest.add(batch(repetition, definition, values));
        return digest;
    }

    @Test
    void batchesDoNotCount() {
        BatchDigest pieces = new BatchDigest(LEAF);
        pieces.add(batch(new int[] {0, 1, 1}, new int[] {1, 1, 0}, new long[] {7, -1}));
        pieces.add(batch(new int[] {0, 0, 1}, new int[] {1, 1, 1}, new long[] {3, 3, 9}));
        assertThat(pieces.matches(digest(REPETITION, DEFINITION, VALUES))).isTrue();
    }

    @Test
    void aValueThatSlidesIntoTheNextRowIsADifference() {
        int[] slid = {0, 1, 0, 1, 0, 1};
        assertThat(digest(slid, DEFINITION, VALUES).matches(digest(REPETITION, DEFINITION, VALUES)))
                .isFalse();
    }

    @Test
    void aNullThatChangesItsPlaceIsADifference() {
        int[] moved = {1, 0, 1, 1, 1, 1};
        assertThat(digest(REPETITION, moved, VALUES).matches(digest(REPETITION, DEFINITION, VALUES)))
                .isFalse();
    }

    @Test
    void aValueThatChangesIsADifference() {
        for (int i = 0; i < VALUES.length; i++) {
            long[] changed = VALUES.clone();
            changed[i] ^= 1;
            assertThat(digest(REPETITION, DEFINITION, changed).matches(digest(REPETITION, DEFINITION, VALUES)))
                    .as("value %d", i)
                    .isFalse();
        }
    }
}
