package io.glulam.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    @Test
    void moreThanThereIsCannotBeAskedFor() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MemoryBudget(10).acquire(11));
    }

    @Test
    void whoHasToWaitGoesOnWhenEnoughIsFree() throws Exception {
        MemoryBudget budget = new MemoryBudget(10);
        assertThat(budget.acquire(8)).isTrue();
        Taker waiting = waiting(budget, 5);
        budget.release(2);
        assertStillWaits(waiting);
        budget.release(1);

        assertThat(waiting.ended()).isTrue();
    }

    @Test
    void withABatchWhoHasToWaitWaitsForMoreOrForAll() throws Exception {
        MemoryBudget budget = new MemoryBudget(10, 4);
        assertThat(budget.acquire(8)).isTrue();
        assertThat(budget.acquire(2)).as("no batch for who need not wait").isTrue();
        Taker waiting = waiting(budget, 1);
        budget.release(4);
        assertStillWaits(waiting);
        budget.release(1);
        assertThat(waiting.ended()).isTrue();

        Taker all = waiting(budget, 9);
        budget.release(5);
        assertStillWaits(all);
        budget.release(1);
        assertThat(all.ended()).isTrue();
    }

    @Test
    void closingEndsEveryWait() throws Exception {
        MemoryBudget budget = new MemoryBudget(1);
        assertThat(budget.acquire(1)).isTrue();
        Taker waiting = waiting(budget, 1);
        budget.close();

        assertThat(waiting.ended()).isFalse();
    }

    @RepeatedTest(20)
    void severalTakersNeverHoldMoreThanThereIsAndAllComeThrough() throws Exception {
        MemoryBudget budget = new MemoryBudget(100, new Random().nextInt(60));
        AtomicLong held = new AtomicLong();
        List<CompletableFuture<Void>> takers = new ArrayList<>();
        for (int taker = 0; taker < 4; taker++) {
            Random random = new Random(taker);
            takers.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 300; i++) {
                    int bytes = 1 + random.nextInt(100);
                    assertThat(acquire(budget, bytes)).isTrue();
                    assertThat(held.addAndGet(bytes)).isLessThanOrEqualTo(100);
                    held.addAndGet(-bytes);
                    budget.release(bytes);
                }
            }));
        }
        for (CompletableFuture<Void> taker : takers) {
            taker.get(1, TimeUnit.MINUTES);
        }
    }

    /** A taker that has begun to wait. */
    private static Taker waiting(MemoryBudget budget, long bytes) throws InterruptedException {
        Taker taker = new Taker(budget, bytes);
        taker.start();
        awaitWaiting(taker);
        return taker;
    }

    private static void awaitWaiting(Taker taker) throws InterruptedException {
        while (taker.getState() != Thread.State.WAITING) {
            assertThat(taker.isAlive()).as("waits").isTrue();
            Thread.sleep(1);
        }
    }

    private static final class Taker extends Thread {
        private final MemoryBudget budget;
        private final long bytes;
        private boolean taken;

        Taker(MemoryBudget budget, long bytes) {
            this.budget = budget;
            this.bytes = bytes;
        }

        @Override
        public void run() {
            taken = acquire(budget, bytes);
        }

        /** What it got, once it has ended. */
        boolean ended() throws InterruptedException {
            join(60_000);
            assertThat(isAlive()).isFalse();
            return taken;
        }
    }

    private static boolean acquire(MemoryBudget budget, long bytes) {
        try {
            return budget.acquire(bytes);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertStillWaits(Taker taker) throws InterruptedException {
        Thread.sleep(20); // Time to go on, if it may.
        awaitWaiting(taker);
    }
}
