package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.memory.MemoryBudget;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PipelineTest {
    @RepeatedTest(50)
    void whoSubmitsHearsOfTheFirstFailureWheneverItHappens() {
        CorruptFile failure = new CorruptFile(Place.UNKNOWN, "a page that cannot be read");
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(new MemoryWriter()), 2, new MemoryBudget(1 << 20))) {
            assertThatThrownBy(() -> {
                        pipeline.submit(
                                1,
                                () -> {
                                    throw failure;
                                },
                                position -> {});
                        for (int i = 0; i < 100_000; i++) {
                            pipeline.submit(0, () -> Piece.EMPTY, position -> {});
                        }
                        pipeline.drain();
                    })
                    .isSameAs(failure);
        }
    }

    @Test
    void whoFailsBecauseTheRunStoppedTellsWhatStoppedIt() {
        CorruptFile first = new CorruptFile(Place.UNKNOWN, "a page that cannot be read");
        StorageFailed consequence = new StorageFailed(Place.UNKNOWN, "the file is closed", null);
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(new MemoryWriter()), 2, new MemoryBudget(1 << 20))) {
            assertThat(pipeline.causeOf(consequence)).isSameAs(consequence);
            pipeline.submit(
                    1,
                    () -> {
                        throw first;
                    },
                    position -> {});
            assertThatThrownBy(pipeline::drain).isSameAs(first);

            assertThat(pipeline.causeOf(consequence)).isSameAs(first);
        }
    }
}
