package io.glulam.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnThreadsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000})
    void everyThingIsDoneOnce(int count) {
        AtomicIntegerArray done = new AtomicIntegerArray(count);
        OnThreads.forEach(count, 3, "test", () -> done::incrementAndGet);

        for (int i = 0; i < count; i++) {
            assertThat(done.get(i)).isEqualTo(1);
        }
    }

    @RepeatedTest(50)
    void ofSeveralFailuresTheFirstByNumberIsThrown() {
        IntConsumer work = i -> {
            if (i == 3 || i == 4 || i == 90) {
                throw new IllegalStateException("number " + i);
            }
        };
        assertThatThrownBy(() -> OnThreads.forEach(100, 2, "test", () -> work)).hasMessage("number 3");
    }

    @Test
    void afterAFailureNothingIsBegun() {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> OnThreads.forEach(100, 1, "test", () -> i -> {
                    begun.incrementAndGet();
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(begun).hasValue(1);
    }
}
