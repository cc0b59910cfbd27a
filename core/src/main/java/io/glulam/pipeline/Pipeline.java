package io.glulam.pipeline;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.memory.MemoryBudget;
import io.glulam.storage.RangeReader;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Many workers, one writer: pieces are made in parallel and written in the order in which they were submitted, so the
 * bytes do not depend on the threads. What is under way is bounded by memory budgets, each taken from in that same
 * order, so that nobody can wait for himself. The first failure stops everything.
 *
 * <p>Two threads feed it: one submits the pieces, in their order, and another may begin what takes long ahead of its
 * turn, from a budget of its own: pieces that are quickly made would take all of theirs and leave a worker idle.
 */
public final class Pipeline implements AutoCloseable {
    /** How long a stopped run waits for its workers: far longer than a page takes. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final CheckedOutput output;
    private final MemoryBudget budget;
    private final MemoryBudget budgetAhead;
    private final ExecutorService workers;
    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    /** Pieces that workers are making or are to make, quick ones aside. */
    private final AtomicInteger busy = new AtomicInteger();

    private final QuickPieces quick;
    private final Set<Begun<?>> begunAhead = ConcurrentHashMap.newKeySet();
    private final Thread writer;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Entry writing;

    /** The bytes of {@code piece}, or else what {@code copy} copies, or else, without either, the end. */
    private record Entry(
            @Nullable FutureTask<? extends Piece> piece,
            @Nullable Runnable copy,
            Runnable release,
            LongConsumer written) {}

    /**
     * A piece that is being made ahead of its turn.
     *
     * @param holding bytes that it holds once it is made
     */
    public record Begun<P extends Piece>(FutureTask<P> piece, long holding) {
        /** The piece, once it is written. */
        public P made() {
            try {
                return piece.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException("not made yet", e);
            }
        }
    }

    /**
     * @param budget of the pieces that are submitted
     * @param budgetAhead of those that are begun ahead of their turn
     */
    public Pipeline(CheckedOutput output, int threads, MemoryBudget budget, MemoryBudget budgetAhead) {
        this.output = output;
        this.budget = budget;
        this.budgetAhead = budgetAhead;
        this.workers = Executors.newFixedThreadPool(threads, task -> daemon(task, "glulam-worker"));
        this.quick = new QuickPieces(workers, () -> busy.get() == 0);
        this.writer = daemon(this::write, "glulam-writer");
        writer.start();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Bytes that one piece may cost at most. */
    public long capacity() {
        return budget.total();
    }

    /** Bytes that a piece begun ahead may cost at most. */
    public long capacityAhead() {
        return budgetAhead.total();
    }

    /**
     * Queues a piece.
     *
     * @param cost bytes of memory that making and holding it takes, at most {@link #capacity}
     * @param work makes it, on any worker, or on the writer if it comes to it first
     * @param written hears the output position where the piece begins, once it is written; called in order
     */
    public void submit(long cost, Callable<? extends Piece> work, LongConsumer written) {
        take(budget, cost);
        queue.add(new Entry(started(work), null, () -> budget.release(cost), written));
    }

    /**
     * Queues a piece that is quickly made, such as bytes that are only read: the writer makes it in its turn, which
     * spares waking a worker and moving the bytes from one processor to another. Workers begin a few ahead where they have
     * nothing else to do, or the pieces are not quick after all.
     *
     * @param held bytes that the piece takes before it is made
     */
    public void submitQuick(long held, Callable<? extends Piece> work, LongConsumer written) {
        long cost = Math.min(held, budget.total());
        take(budget, cost);
        queue.add(new Entry(quick.add(work), null, () -> budget.release(cost), written));
    }

    /**
     * Begins to make a piece ahead of its turn. Pieces are begun by one thread, in the order of the output, and all of
     * them are submitted.
     *
     * @param making bytes that making it takes, at most {@link #capacityAhead}
     * @param holding bytes that it holds once it is made, at most {@code making}
     * @param work makes it, on any worker, or on the writer if it comes to it first
     */
    public <P extends Piece> Begun<P> begin(long making, long holding, Callable<P> work) {
        take(budgetAhead, making);
        FutureTask<P> piece = started(() -> {
            P made = work.call();
            budgetAhead.release(making - holding);
            return made;
        });
        Begun<P> begun = new Begun<>(piece, holding);
        begunAhead.add(begun);
        return begun;
    }

    /** Queues a piece that was begun, in its turn. */
    public void submit(Begun<?> begun, LongConsumer written) {
        queue.add(new Entry(
                begun.piece(),
                null,
                () -> {
                    budgetAhead.release(begun.holding());
                    begunAhead.remove(begun);
                },
                written));
    }

    private void take(MemoryBudget from, long bytes) {
        try {
            if (!from.acquire(bytes)) {
                throw failed();
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private <P extends Piece> FutureTask<P> started(Callable<P> work) {
        busy.incrementAndGet();
        FutureTask<P> piece = new FutureTask<>(() -> {
            try {
                return work.call();
            } finally {
                busy.decrementAndGet();
            }
        });
        try {
            workers.execute(piece);
            return piece;
        } catch (RejectedExecutionException stopped) {
            // A failure stopped the workers after there was memory.
            throw failed();
        }
    }

    /** Queues a range of the source that the store itself copies. */
    public void submitCopy(RangeReader source, long offset, long length, LongConsumer written) {
        queue.add(new Entry(null, () -> output.copy(source, offset, length), () -> {}, written));
    }

    /** Waits until everything submitted is written and reads back as it should. */
    public void drain() {
        queue.add(new Entry(null, null, () -> {}, position -> {}));
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
                entry.release().run();
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
            quick.reached(entry.piece());
            entry.piece().run(); // Does nothing if a worker has begun it.
            try (Piece piece = entry.piece().get()) {
                piece.writeTo(output::append);
            }
        }
    }

    private void fail(Throwable cause) {
        failure = cause;
        closeBudgets();
        workers.shutdownNow();
    }

    /**
     * What stopped the run, for whoever else failed with {@code consequence}: stopping the workers interrupts them, which
     * closes the file that they and everybody else read.
     */
    public RuntimeException causeOf(RuntimeException consequence) {
        return failure == null ? consequence : failed();
    }

    private RuntimeException failed() {
        return OnThreads.unchecked(failure);
    }

    /** For a thread that was interrupted while it waited. */
    public static StorageFailed interrupted() {
        Thread.currentThread().interrupt();
        return new StorageFailed(Place.UNKNOWN, "interrupted", "nothing was published");
    }

    /** Stops what is under way and closes every piece that was made, so that no temporary file is left. */
    @Override
    public void close() {
        closeBudgets();
        writer.interrupt();
        workers.shutdownNow();
        boolean interrupted = Thread.interrupted();
        try {
            writer.join(PATIENCE_MILLIS);
            workers.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        closePiece(writing == null ? null : writing.piece());
        queue.forEach(entry -> closePiece(entry.piece()));
        begunAhead.forEach(begun -> closePiece(begun.piece()));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeBudgets() {
        budget.close();
        budgetAhead.close();
    }

    private static void closePiece(@Nullable FutureTask<? extends Piece> piece) {
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
