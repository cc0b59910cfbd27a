package io.glulam.threads;

import io.glulam.concurrent.DaemonThreads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that several threads share: each takes what is next until nothing is left. */
final class OnThreads {
    private OnThreads() {}

    /**
     * Runs {@code work} on the caller's thread and on {@code count - 1} more, and returns when all of them have ended.
     *
     * @param work must not throw on another thread than the caller's: it would be lost there
     */
    private static void run(int count, String name, Runnable work) {
        Thread[] helpers = new Thread[Math.max(0, count - 1)];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = DaemonThreads.of(work, name);
            helpers[i].start();
        }
        boolean interrupted = false;
        try {
            work.run();
        } finally {
            for (Thread helper : helpers) {
                interrupted |= join(helper);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Does a number of things, each on one of the threads, begun in their order; after a failure no more are begun.
     *
     * @param worker gives each thread what does the things by their numbers, from 0 on
     * @throws RuntimeException or Error of the first, by number, of those that failed
     */
    public static void forEach(int count, int threads, String name, Supplier<IntConsumer> worker) {
        @Nullable Throwable[] failures = new Throwable[count];
        AtomicInteger next = new AtomicInteger();
        run(Math.min(threads, count), name, () -> {
            IntConsumer work = worker.get();
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    work.accept(i);
                } catch (RuntimeException | Error failure) {
                    failures[i] = failure;
                    next.set(count);
                }
            }
        });
        for (Throwable failure : failures) {
            if (failure != null) {
                throw unchecked(failure);
            }
        }
    }

    /**
     * Returns the failure of another thread, to be thrown on this one.
     *
     * @throws Error if it is one
     */
    public static RuntimeException unchecked(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }

    /** Waits however often that is interrupted; whether it was. */
    public static boolean join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
