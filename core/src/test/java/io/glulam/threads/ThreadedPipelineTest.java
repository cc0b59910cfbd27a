package io.glulam.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.execute.support.MemoryWriter;
import io.glulam.pipeline.HeapPiece;
import io.glulam.pipeline.Piece;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.ReadBackOutput;
import io.glulam.pipeline.SourceRange;
import io.glulam.pipeline.Task;
import io.glulam.source.SourceBytes;
import io.glulam.storage.ByteRange;
import io.glulam.storage.RangeReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ThreadedPipelineTest {
    private static final CorruptFile FAILURE = new CorruptFile(Place.UNKNOWN, "a page that cannot be read");

    @RepeatedTest(50)
    void whoSubmitsHearsOfTheFirstFailureWheneverItHappens() {
        try (Pipeline<List<ByteRange>> pipeline = pipeline(new MemoryWriter(), 1 << 20, 0)) {
            assertThatThrownBy(() -> {
                        pipeline.submit(pipeline.begin(1, failing()));
                        for (int i = 0; i < 100_000; i++) {
                            pipeline.submit(pipeline.begin(0, piece()));
                        }
                        pipeline.drain();
                    })
                    .isSameAs(FAILURE);
        }
    }

    @Test
    void whoFailsBecauseTheRunStoppedTellsWhatStoppedIt() {
        StorageFailed consequence = new StorageFailed(Place.UNKNOWN, "the file is closed", null);
        try (Pipeline<List<ByteRange>> pipeline = pipeline(new MemoryWriter(), 1 << 20, 0)) {
            assertThat(pipeline.causeOf(consequence)).isSameAs(consequence);
            pipeline.submit(pipeline.begin(1, failing()));
            assertThatThrownBy(pipeline::drain).isSameAs(FAILURE);

            assertThat(pipeline.causeOf(consequence)).isSameAs(FAILURE);
        }
    }

    @Test
    void whatIsBegunAheadIsMadeAlthoughThePiecesBeforeItTakeAllTheirMemory() {
        CountDownLatch ahead = new CountDownLatch(1);
        try (Pipeline<List<ByteRange>> pipeline = pipeline(slowUntil(ahead), 100, 100)) {
            Task<List<ByteRange>> begun = pipeline.beginAhead(100, 10, () -> {
                ahead.countDown();
                return bytes(2);
            });
            pipeline.submit(pipeline.begin(100, piece(1)));
            pipeline.submit(begun);
            assertThat(pipeline.drain()).containsExactly(new ByteRange(0, 1), new ByteRange(1, 2));
        }
    }

    @Test
    void aPieceBegunAheadMakesRoomOnceItIsMade() {
        CountDownLatch second = new CountDownLatch(1);
        MemoryWriter slow = slowUntil(second);
        try (Pipeline<List<ByteRange>> pipeline = pipeline(slow, 0, 100)) {
            pipeline.submit(pipeline.beginAhead(100, 10, piece(1)));
            pipeline.submit(pipeline.beginAhead(90, 10, () -> {
                second.countDown();
                return bytes(2);
            }));
            pipeline.drain();
        }
        assertThat(slow.bytes()).containsExactly(1, 2);
    }

    @Test
    void whatWasBegunAndNeverSubmittedIsClosed() throws InterruptedException {
        CountDownLatch made = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        try (Pipeline<List<ByteRange>> pipeline = pipeline(new MemoryWriter(), 0, 1)) {
            pipeline.beginAhead(1, 1, () -> {
                made.countDown();
                return new Held(closed);
            });
            made.await();
        }
        assertThat(closed).isTrue();
    }

    @Test
    void whatWasMadeAndNeverWrittenIsClosed() throws InterruptedException {
        AtomicBoolean closed = new AtomicBoolean();
        CountDownLatch madeBefore = new CountDownLatch(1);
        try (Pipeline<List<ByteRange>> pipeline = new ThreadedPipeline<>(
                output(slowUntil(new CountDownLatch(1))),
                new ArrayList<>(),
                1,
                new MemoryBudget(100),
                new MemoryBudget(0))) {
            pipeline.submit(pipeline.begin(1, piece(1)));
            pipeline.submit(pipeline.begin(1, () -> new Held(closed)));
            // The one worker comes to this piece once it is done with the last.
            pipeline.submit(pipeline.begin(1, () -> {
                madeBefore.countDown();
                return bytes();
            }));
            madeBefore.await();
        }
        assertThat(closed).isTrue();
    }

    @Test
    void everythingIsWrittenInTheOrderInWhichItWasSubmittedWhateverMadeIt() {
        MemoryWriter out = new MemoryWriter();
        Numbers source = new Numbers(0);
        List<ByteRange> places;
        try (Pipeline<List<ByteRange>> pipeline = pipeline(out, 100, 0)) {
            for (byte i = 0; i < 60; i += 3) {
                pipeline.submit(pipeline.begin(1, piece(i)));
                pipeline.submit(
                        new Task.Moved<>(1000, List.of(source.range(i + 1, 1)), ThreadedPipelineTest::describe));
                pipeline.submit(new Task.Copied<>(source.range(i + 2, 1), ThreadedPipelineTest::describe));
            }
            places = pipeline.drain();
        }
        assertThat(out.bytes()).hasSize(60).isSorted();
        assertThat(places).hasSize(60);
        for (int i = 0; i < 60; i++) {
            assertThat(places.get(i)).isEqualTo(new ByteRange(i, i + 1));
        }
    }

    @Test
    void rangesThatAreMovedTogetherLieOneAfterTheOther() {
        MemoryWriter out = new MemoryWriter();
        Numbers source = new Numbers(0);
        try (Pipeline<List<ByteRange>> pipeline = pipeline(out, 100, 0)) {
            pipeline.submit(new Task.Moved<>(
                    1, List.of(source.range(7, 2), source.range(3, 1)), ThreadedPipelineTest::describe));
            pipeline.submit(new Task.Moved<>(1, List.of(), ThreadedPipelineTest::describe));
            assertThat(pipeline.drain()).containsExactly(new ByteRange(0, 3), new ByteRange(3, 3));
        }
        assertThat(out.bytes()).containsExactly(7, 8, 3);
    }

    @Test
    void workersReadAheadOfTheWriterWhereTheSourceIsSlow() {
        MemoryWriter out = new MemoryWriter();
        Numbers source = new Numbers(5);
        try (Pipeline<List<ByteRange>> pipeline = pipeline(out, 100, 0)) {
            for (int i = 0; i < 60; i++) {
                pipeline.submit(new Task.Moved<>(1, List.of(source.range(i, 1)), ThreadedPipelineTest::describe));
            }
            pipeline.drain();
        }
        assertThat(out.bytes()).hasSize(60).isSorted();
        assertThat(source.readers).contains("glulam-worker");
    }

    @Test
    void theFailureOfAMoveStopsEverything() {
        SourceRange missing = new Numbers(0).range(-1, 1);
        try (Pipeline<List<ByteRange>> pipeline = pipeline(new MemoryWriter(), 100, 0)) {
            pipeline.submit(new Task.Moved<>(1, List.of(missing), ThreadedPipelineTest::describe));
            assertThatThrownBy(pipeline::drain).isSameAs(FAILURE);
        }
    }

    private static Pipeline<List<ByteRange>> pipeline(MemoryWriter out, long budget, long budgetAhead) {
        return new ThreadedPipeline<>(
                output(out), new ArrayList<>(), 2, new MemoryBudget(budget), new MemoryBudget(budgetAhead));
    }

    private static ReadBackOutput output(MemoryWriter out) {
        return new ReadBackOutput(out, ByteBuffer.allocate(ReadBackOutput.READ_BACK));
    }

    private static void describe(List<ByteRange> written, ByteRange place) {
        written.add(place);
    }

    private static Supplier<Piece<List<ByteRange>>> piece(int... content) {
        return () -> bytes(content);
    }

    private static Piece<List<ByteRange>> bytes(int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return new HeapPiece<>(bytes, ThreadedPipelineTest::describe);
    }

    private static Supplier<Piece<List<ByteRange>>> failing() {
        return () -> {
            throw FAILURE;
        };
    }

    /** A piece that tells whether it was closed. */
    private record Held(AtomicBoolean closed) implements Piece<List<ByteRange>> {
        @Override
        public void writeTo(Consumer<ByteBuffer> out) {}

        @Override
        public void describe(List<ByteRange> written, ByteRange place) {}

        @Override
        public void close() {
            closed.set(true);
        }
    }

    /** An object in which each byte is its own position; reading before its first byte fails. */
    private static final class Numbers implements RangeReader {
        private final long millis;
        private final Set<String> readers = ConcurrentHashMap.newKeySet();

        /** @param millis that a read takes */
        Numbers(long millis) {
            this.millis = millis;
        }

        SourceRange range(long position, long length) {
            return new SourceRange(new SourceBytes(this), position, length);
        }

        @Override
        public void read(long position, ByteBuffer target) {
            if (position < 0) {
                throw FAILURE;
            }
            readers.add(Thread.currentThread().getName());
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            for (long at = position; target.hasRemaining(); at++) {
                target.put((byte) at);
            }
        }

        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public long size() {
            return 1 << 7;
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void checkUnchanged() {}

        @Override
        public void close() {}
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
