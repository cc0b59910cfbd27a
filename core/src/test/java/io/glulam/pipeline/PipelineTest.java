package io.glulam.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.execute.support.MemoryWriter;
import io.glulam.memory.MemoryBudget;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
        Piece held = closing(closed);
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(new MemoryWriter()), 2, budget(0), budget(1))) {
            assertThat(pipeline.begin(1, 1, () -> held).made()).isSameAs(held);
        }
        assertThat(closed).isTrue();
    }

    @Test
    void whatWasMadeAndNeverWrittenIsClosed() throws InterruptedException {
        AtomicBoolean closed = new AtomicBoolean();
        CountDownLatch madeBefore = new CountDownLatch(1);
        try (Pipeline pipeline =
                new Pipeline(new CheckedOutput(slowUntil(new CountDownLatch(1))), 1, budget(100), budget(0))) {
            pipeline.submit(1, () -> Piece.of(new byte[] {1}), position -> {});
            pipeline.submit(1, () -> closing(closed), position -> {});
            // The one worker comes to this piece once it is done with the last.
            pipeline.submit(
                    1,
                    () -> {
                        madeBefore.countDown();
                        return Piece.EMPTY;
                    },
                    position -> {});
            madeBefore.await();
        }
        assertThat(closed).isTrue();
    }

    private static Piece closing(AtomicBoolean closed) {
        return new Piece() {
            @Override
            public void writeTo(Consumer<ByteBuffer> out) {}

            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    @Test
    void quickPiecesAreMadeInTheirTurnByTheWriter() {
        MemoryWriter out = new MemoryWriter();
        List<String> makers = new CopyOnWriteArrayList<>();
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(out), 2, budget(100), budget(0))) {
            for (byte i = 0; i < 20; i++) {
                byte[] content = {i};
                long expected = i;
                Callable<Piece> work = () -> {
                    makers.add(Thread.currentThread().getName());
                    return Piece.of(content);
                };
                if (i % 5 == 0) {
                    pipeline.submit(
                            1,
                            () -> Piece.of(content),
                            position -> assertThat(position).isEqualTo(expected));
                } else {
                    pipeline.submitQuick(
                            1000, work, position -> assertThat(position).isEqualTo(expected));
                }
            }
            pipeline.drain();
        }
        assertThat(out.bytes()).hasSize(20).isSorted();
        assertThat(makers).hasSize(16).containsOnly("glulam-writer");
    }

    @Test
    void piecesThatAreNotQuickAfterAllAreBegunByWorkersAhead() {
        MemoryWriter out = new MemoryWriter();
        Set<String> makers = ConcurrentHashMap.newKeySet();
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(out), 2, budget(100), budget(0))) {
            for (byte i = 0; i < 60; i++) {
                byte[] content = {i};
                pipeline.submitQuick(
                        1,
                        () -> {
                            Thread.sleep(5);
                            makers.add(Thread.currentThread().getName());
                            return Piece.of(content);
                        },
                        position -> {});
            }
            pipeline.drain();
        }
        assertThat(out.bytes()).hasSize(60).isSorted();
        assertThat(makers).contains("glulam-writer", "glulam-worker");
    }

    @Test
    void theFailureOfAQuickPieceStopsEverything() {
        CorruptFile failure = new CorruptFile(Place.UNKNOWN, "bytes that are not there");
        try (Pipeline pipeline = new Pipeline(new CheckedOutput(new MemoryWriter()), 2, budget(100), budget(0))) {
            pipeline.submitQuick(
                    1,
                    () -> {
                        throw failure;
                    },
                    position -> {});
            assertThatThrownBy(pipeline::drain).isSameAs(failure);
        }
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
