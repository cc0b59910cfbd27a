package io.glulam.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.pipeline.Workers.Ahead;
import io.glulam.pipeline.Workers.Deferred;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Results that are made ahead of their turn. */
class AheadOfTurnTest {
    private static final int TRIES = 50;

    /** A recoded column holds the footer's entries that it was made from: all of them at once would not fit the memory. */
    @Test
    void aResultIsNotHeldOnceItIsTaken() throws InterruptedException {
        ThreadedWorkers workers = new ThreadedWorkers(1);
        Deferred<byte[]> deferred = workers.defer(() -> new byte[1 << 20]);
        try (Ahead ahead = workers.ahead(List.of(deferred))) {
            assertThat(ahead).isNotNull();
            WeakReference<byte[]> result = new WeakReference<>(deferred.get());
            for (int i = 0; i < TRIES && result.get() != null; i++) {
                System.gc();
                Thread.sleep(10);
            }
            assertThat(result.get()).isNull();
            assertThatThrownBy(deferred::get).isInstanceOf(IllegalStateException.class);
        }
    }
}
