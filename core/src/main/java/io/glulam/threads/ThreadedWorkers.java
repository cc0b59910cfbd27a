package io.glulam.threads;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.ReadBackOutput;
import io.glulam.pipeline.Workers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that several threads share.
 *
 * @param count of the threads
 */
public record ThreadedWorkers(int count) implements Workers {
    @Override
    public void forEach(int things, int most, String name, Supplier<IntConsumer> worker) {
        OnThreads.forEach(things, Math.min(most, count), name, worker);
    }

    @Override
    public <W> Pipeline<W> pipeline(ReadBackOutput output, W written, long bytes, long bytesAhead) {
        return new ThreadedPipeline<>(
                output, written, count, new MemoryBudget(bytes, bytes / 4), new MemoryBudget(bytesAhead));
    }

    @Override
    public <T> Deferred<T> defer(Supplier<T> work) {
        return new AheadOfTurn<>(work);
    }

    /**
     * A result that one thread makes, ahead of its turn, and another waits for and takes, once. It is not held after that:
     * a recoded column holds the footer's entries that it was made from.
     */
    private static final class AheadOfTurn<T> implements Deferred<T> {
        private final Supplier<T> work;
        /** The result, or what making it failed with; null once it is taken. */
        private volatile @Nullable CompletableFuture<T> made = new CompletableFuture<>();

        AheadOfTurn(Supplier<T> work) {
            this.work = work;
        }

        /** Makes it; whether that went well. */
        boolean make() {
            CompletableFuture<T> result = made;
            if (result == null) {
                return false; // The thread that waited was interrupted.
            }
            try {
                result.complete(work.get());
                return true;
            } catch (RuntimeException | Error failure) {
                result.completeExceptionally(failure);
                return false;
            }
        }

        @Override
        public T get() {
            CompletableFuture<T> result = made;
            if (result == null) {
                throw new IllegalStateException("taken already");
            }
            try {
                return result.get();
            } catch (ExecutionException failure) {
                throw OnThreads.unchecked(failure.getCause());
            } catch (InterruptedException e) {
                throw interrupted();
            } finally {
                made = null;
            }
        }
    }

    @Override
    public <T> Ahead ahead(List<Deferred<T>> results) {
        if (results.isEmpty()) {
            return () -> {};
        }
        Thread thread = DaemonThreads.of(() -> makeAll(results), "glulam-ahead");
        thread.start();
        return () -> {
            thread.interrupt();
            OnThreads.join(thread);
        };
    }

    private static <T> void makeAll(List<Deferred<T>> results) {
        for (Deferred<T> result : results) {
            if (!((AheadOfTurn<T>) result).make()) {
                return; // The thread that waits for this one hears of the failure, and comes to none after it.
            }
        }
    }

    /** For a thread that was interrupted while it waited. */
    static StorageFailed interrupted() {
        Thread.currentThread().interrupt();
        return StorageFailed.interrupted(Place.UNKNOWN);
    }
}
