package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.memory.MemoryBudget;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
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

    @Test
    void aPieceThatIsMadeMakesRoomBeforeItIsWritten() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        MemoryWriter slow = new MemoryWriter() {
            @Override
            public synchronized void append(ByteBuffer literal) {
                try {
                    // The first piece stays unwritten until the second is under way.
                    second.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.append(literal);
            }
        };
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(slow), 2, new MemoryBudget(100))) {
            pipeline.submit(100, 10, () -> Piece.of(new byte[] {1}), position -> {});
            pipeline.submit(
                    90,
                    10,
                    () -> {
                        second.countDown();
                        return Piece.of(new byte[] {2});
                    },
                    position -> {});
            pipeline.drain();
        }
        assertThat(slow.bytes()).containsExactly(1, 2);
    }
}
