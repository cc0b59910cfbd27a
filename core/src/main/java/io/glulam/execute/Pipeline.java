package io.glulam.execute;

import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.memory.MemoryBudget;
import io.glulam.storage.RangeReader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Many workers, one writer: pieces are made in parallel and written in the order in which they were submitted, so the
 * bytes do not depend on the threads. What is under way is bounded by a memory budget, which the submitter takes from
 * in that same order, so that nobody can wait for himself. The first failure stops everything.
 */
final class Pipeline implements AutoCloseable {
    /** How long a stopped run waits for its workers: far longer than a page takes. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final CheckedOutput output;
    private final MemoryBudget budget;
    private final ExecutorService workers;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Entry writing;

    /** The bytes of {@code piece}, or else what {@code copy} copies, or else, without either, the end. */
    private record Entry(
            @Nullable Future<? extends Piece> piece,
            @Nullable Runnable copy,
            long cost,
            LongConsumer written) {}

    Pipeline(CheckedOutput output, int threads, MemoryBudget budget) {
        this.output = output;
        this.budget = budget;
        this.workers = Executors.newFixedThreadPool(threads, task -> daemon(task, "glulam-worker"));
        this.writer = daemon(this::write, "glulam-writer");
        writer.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Bytes that one piece may cost at most. */
    long capacity() {
        return budget.total();
    }

    /**
     * Queues a piece.
     *
     * @param cost bytes of memory that making and holding it takes, at most {@link #capacity}
     * @param work makes it, on any worker
     * @param written hears the output position where the piece begins, once it is written; called in order
     */
    void submit(long cost, Callable<? extends Piece> work, LongConsumer written) {
        submit(cost, cost, work, written);
    }

    /**
     * Queues a piece that takes more memory while it is made than while it waits to be written.
     *
     * @param making bytes that making it takes, at most {@link #capacity}
     * @param holding bytes that it holds once it is made, at most {@code making}
     * @param work as above
     * @param written as above
     */
    void submit(long making, long holding, Callable<? extends Piece> work, LongConsumer written) {
        try {
            if (!budget.acquire(making)) {
                throw failed();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
        try {
            queue.add(new Entry(workers.submit(() -> made(work, making - holding)), null, holding, written));
        } catch (RejectedExecutionException stopped) {
            // A failure stopped the workers after there was memory.
            throw failed();
        }
    }

    private Piece made(Callable<? extends Piece> work, long spare) throws Exception {
        Piece piece = work.call();
        if (spare > 0) {
            budget.release(spare);
        }
        return piece;
    }

    /** Queues a range of the source that the store itself copies. */
    void submitCopy(RangeReader source, long offset, long length, LongConsumer written) {
        queue.add(new Entry(null, () -> output.copy(source, offset, length), 0, written));
    }

    /** Waits until everything submitted is written and reads back as it should. */
    void drain() {
        queue.add(new Entry(null, null, 0, position -> {}));
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        if (failure != null) {
            throw failed();
        }
    }

    private void write() {
        try {
            for (Entry entry = queue.take(); entry.piece() != null || entry.copy() != null; entry = queue.take()) {
                long position = output.position();
                writing = entry;
                write(entry);
                budget.release(entry.cost());
                entry.written().accept(position);
                writing = null;
            }
        } catch (ExecutionException e) {
            fail(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void write(Entry entry) throws ExecutionException, InterruptedException {
        if (entry.copy() != null) {
            entry.copy().run();
        } else if (entry.piece() != null) {
            try (Piece piece = entry.piece().get()) {
                piece.writeTo(output::append);
            }
        }
    }

    private void fail(Throwable cause) {
        failure = cause;
        budget.close();
        workers.shutdownNow();
    }

    /**
     * What stopped the run, for whoever else failed with {@code consequence}: stopping the workers interrupts them, which
     * closes the file that they and everybody else read.
     */
    RuntimeException causeOf(RuntimeException consequence) {
        return failure == null ? consequence : failed();
    }

    private RuntimeException failed() {
        Throwable cause = failure;
        if (cause instanceof GlulamException known) {
            return known;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    private static StorageFailed interrupted() {
        Thread.currentThread().interrupt();
        return new StorageFailed(Place.UNKNOWN, "interrupted", "nothing was published");
    }

    /** Stops what is under way and closes every piece that was made, so that no temporary file is left. */
    @Override
    public void close() {
        budget.close();
        writer.interrupt();
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            writer.join(PATIENCE_MILLIS);
            workers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        closePiece(writing);
        queue.forEach(Pipeline::closePiece);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closePiece(@Nullable Entry entry) {
        Future<? extends Piece> piece = entry == null ? null : entry.piece();
        if (piece == null || !piece.isDone() || piece.isCancelled()) {
            return;
        }
        try {
            piece.get().close();
        } catch (ExecutionException | InterruptedException e) {
            // It was never made: there is nothing to close, and the failure is known already.
        }
    }
}
