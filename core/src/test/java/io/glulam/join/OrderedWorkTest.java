package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.threads.ThreadedWorkers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class OrderedWorkTest {
    private static final int COUNT = 500;
    private static final int FIRST = 7;

    private final AtomicInteger open = new AtomicInteger();
    private final List<Integer> finished = new ArrayList<>();

    private OrderedWork.Prepared prepare(int number) {
        open.incrementAndGet();
        return open::decrementAndGet;
    }

    private static OrderedWork.Prepared slowly(OrderedWork.Prepared one, int number) {
        for (long turn = 0; turn < number % 13 * 20_000L; turn++) {
            Thread.onSpinWait();
        }
        return one;
    }

    @Test
    void eachIsFinishedInItsTurnAndClosed() {
        new OrderedWork<>(
                        FIRST, COUNT, number -> slowly(prepare(number), number), (number, one) -> finished.add(number))
                .run(new ThreadedWorkers(4), "test");

        assertThat(finished)
                .isEqualTo(IntStream.range(FIRST, FIRST + COUNT).boxed().toList());
        assertThat(open).hasValue(0);
    }

    @Test
    void nothingIsFinishedAfterAFailureAndAllIsClosed() {
        OrderedWork<OrderedWork.Prepared> work =
                new OrderedWork<>(FIRST, COUNT, number -> slowly(prepare(number), number), (number, one) -> {
                    if (number == 100) {
                        throw new IllegalStateException("number 100");
                    }
                    finished.add(number);
                });

        assertThatThrownBy(() -> work.run(new ThreadedWorkers(4), "test")).hasMessage("number 100");
        assertThat(finished).isEqualTo(IntStream.range(FIRST, 100).boxed().toList());
        assertThat(open).hasValue(0);
    }

    @Test
    void aFailureOfTheFirstStepIsThrownAndAllIsClosed() {
        OrderedWork<OrderedWork.Prepared> work = new OrderedWork<>(
                FIRST,
                COUNT,
                number -> {
                    if (number == 100) {
                        throw new IllegalStateException("number 100");
                    }
                    return prepare(number);
                },
                (number, one) -> finished.add(number));

        assertThatThrownBy(() -> work.run(new ThreadedWorkers(4), "test")).hasMessage("number 100");
        assertThat(finished).doesNotContain(100, 101);
        assertThat(open).hasValue(0);
    }
}
