package io.glulam.concurrent;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;

/** Threads that do not keep the process running. */
public final class DaemonThreads {
    private DaemonThreads() {}

    /** Makes a thread, not yet started. */
    public static Thread of(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Makes a pool of at most {@code threads} threads, which start as work comes. */
    public static ExecutorService pool(int threads, String name) {
        return Executors.newFixedThreadPool(threads, task -> of(task, name));
    }

    /** Makes a timer with one thread. */
    public static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(task -> of(task, name));
    }

    /**
     * Waits for a result.
     *
     * @param place of the object that the work concerns
     * @throws StorageFailed if the waiting thread is interrupted; it stays marked as interrupted
     * @throws RuntimeException that the work threw
     */
    public static <T> T result(Future<T> work, Place place) {
        try {
            return work.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StorageFailed.interrupted(place);
        }
    }
}
