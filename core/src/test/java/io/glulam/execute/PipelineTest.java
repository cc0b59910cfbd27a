package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.memory.MemoryBudget;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PipelineTest {
    @RepeatedTest(50)
    void whoSubmitsHearsOfTheFirstFailureWheneverItHappens() {
        CorruptFile failure = new CorruptFile(Place.UNKNOWN, "a page that cannot be read");
        try (Pipeline pipeline = new Pipeline(
                new CheckedOutput(new MemoryWriter()), 2, new MemoryBudget(1 << 20), new MemoryBudget(0))) {
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
        try (Pipeline pipeline = new Pipeline(
                new CheckedOutput(new MemoryWriter()), 2, new MemoryBudget(1 << 20), new MemoryBudget(0))) {
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
    void whatIsBegunAheadIsMadeAlthoughThePiecesBeforeItTakeAllTheirMemory() throws InterruptedException {
        CountDownLatch ahead = new CountDownLatch(1);
        try (Pipeline pipeline =
                new Pipeline(new CheckedOutput(slowUntil(ahead)), 2, new MemoryBudget(100), budget(100))) {
            Pipeline.Begun<Piece> begun = pipeline.begin(100, 10, () -> {
                ahead.countDown();
                return Piece.of(new byte[] {2});
            });
            pipeline.submit(100, () -> Piece.of(new byte[] {1}), position -> {});
            pipeline.submit(begun, position -> assertThat(position).isEqualTo(1));
            pipeline.drain();
        }
    }

    @Test
    void aPieceBegunAheadMakesRoomOnceItIsMade() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(1);
        MemoryWriter slow = slowUntil(second);
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(slow), 2, budget(0), budget(100))) {
            pipeline.submit(pipeline.begin(100, 10, () -> Piece.of(new byte[] {1})), position -> {});
            pipeline.submit(
                    pipeline.begin(90, 10, () -> {
                        second.countDown();
                        return Piece.of(new byte[] {2});
                    }),
                    position -> {});
            pipeline.drain();
        }
        assertThat(slow.bytes()).containsExactly(1, 2);
    }

    @Test
    void whatWasBegunAndNeverSubmittedIsClosed() {
        AtomicBoolean closed = new AtomicBoolean();
        Piece held = new Piece() {
            @Override
            public void writeTo(Consumer<ByteBuffer> out) {}

            @Override
            public void close() {
                closed.set(true);
            }
        };
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(new MemoryWriter()), 2, budget(0), budget(1))) {
            assertThat(pipeline.begin(1, 1, () -> held).made()).isSameAs(held);
        }
        assertThat(closed).isTrue();
    }

    private static MemoryBudget budget(long bytes) {
        return new MemoryBudget(bytes);
    }

    /** Writes nothing until {@code latch} is open. */
    private static MemoryWriter slowUntil(CountDownLatch latch) {
        return new MemoryWriter() {
            @Override
            public synchronized void append(ByteBuffer literal) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                super.append(literal);
            }
        };
    }
}
