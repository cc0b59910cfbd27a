package io.glulam.execute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A run that fails closes what its columns hold open, and what is written is closed already. */
class UnfinishedTest {
    @Test
    void columnsAreClosedWhenTheyAreWrittenOrTheRunEnds() {
        AtomicInteger written = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        Unfinished.OpenColumn first = written::incrementAndGet;
        try (Unfinished unfinished = new Unfinished()) {
            unfinished.add(first);
            unfinished.add(left::incrementAndGet);
            unfinished.finish(first);

            assertThat(written).hasValue(1);
            assertThat(left).hasValue(0);
        }
        assertThat(written).hasValue(1);
        assertThat(left).hasValue(1);
    }
}
