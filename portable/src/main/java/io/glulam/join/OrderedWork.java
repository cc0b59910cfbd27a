package io.glulam.join;

import io.glulam.pipeline.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Work in two steps on neighbors. The workers prepare several at once; each is finished after those before it, by one thread
 * at a time. So what comes out is the same as by one worker. Used once.
 */
final class OrderedWork<T extends OrderedWork.Prepared> {
    private final int first;
    private final IntFunction<T> prepare;
    private final Finish<T> finish;
    private final List<@Nullable T> waiting;
    private int next;
    private boolean failed;

    /** What the first step gives. */
    interface Prepared extends AutoCloseable {
        @Override
        void close();
    }

    /** The second step. */
    @FunctionalInterface
    interface Finish<T> {
        /** Finishes the work on a neighbor; what was prepared of it is closed afterwards. */
        void accept(int number, T prepared);
    }

    /**
     * @param first number of the first neighbor
     * @param count of the neighbors
     * @param prepare the first step; it must not throw what the second step would find in its turn
     */
    OrderedWork(int first, int count, IntFunction<T> prepare, Finish<T> finish) {
        this.first = first;
        this.prepare = prepare;
        this.finish = finish;
        this.waiting = new ArrayList<>(Collections.nCopies(count, null));
    }

    /** @throws RuntimeException or Error that a step threw */
    void run(Workers workers, String name) {
        try {
            workers.forEach(waiting.size(), workers.count(), name, () -> i -> prepared(i, prepare.apply(first + i)));
        } finally {
            closeWaiting();
        }
    }

    /** Finishes all whose turn it is by now. */
    private synchronized void prepared(int index, T one) {
        waiting.set(index, one);
        while (!failed && next < waiting.size()) {
            T ready = waiting.get(next);
            if (ready == null) {
                return;
            }
            failed = true; // Until it is known that it did not fail.
            finish.accept(first + next, ready);
            waiting.set(next, null);
            ready.close();
            next++;
            failed = false;
        }
    }

    private synchronized void closeWaiting() {
        waiting.forEach(one -> {
            if (one != null) {
                one.close();
            }
        });
    }
}
