package io.glulam.threads;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.pipeline.Piece;
import io.glulam.pipeline.Pipeline;
import io.glulam.pipeline.ReadBackOutput;
import io.glulam.pipeline.Task;
import io.glulam.storage.ByteRange;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Many workers, one writer: pieces are made in parallel and written in the order in which their tasks were submitted, so
 * the bytes do not depend on the threads. What is under way is bounded by memory budgets, each taken from in that same
 * order, so that no thread can wait for itself. The first failure stops everything.
 *
 * <p>Two threads feed it: one submits the tasks, in their order, and another may begin what takes long ahead of its
 * turn, from a budget of its own: the pieces before it would take all of theirs and leave a worker idle.
 *
 * @param <W> what collects the descriptions of everything that is written; only the writer's thread uses it until the
 *     pipeline is drained
 */
final class ThreadedPipeline<W> implements Pipeline<W> {
    /** How long a stopped run waits for its workers: far longer than a page takes. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final ReadBackOutput output;
    private final W written;
    private final MemoryBudget budget;
    private final MemoryBudget budgetAhead;
    private final ExecutorService workers;
    private final BlockingQueue<Turn> queue = new LinkedBlockingQueue<>();
    private final ReadAhead readAhead;
    private final BufferPool buffers = new BufferPool();
    private final Set<BegunPiece<W>> begun = ConcurrentHashMap.newKeySet();
    private final Thread writer;
    private volatile @Nullable Throwable failure;
    private boolean drained;

    /** The work of the writer when it comes to a task. */
    private interface Turn {
        void take() throws ExecutionException, InterruptedException;
    }

    /**
     * @param budget of the pieces that are begun in their turn, and of those that are moved
     * @param budgetAhead of those that are begun ahead of their turn
     */
    ThreadedPipeline(ReadBackOutput output, W written, int threads, MemoryBudget budget, MemoryBudget budgetAhead) {
        this.output = output;
        this.written = written;
        this.budget = budget;
        this.budgetAhead = budgetAhead;
        this.workers = DaemonThreads.pool(threads, "glulam-worker");
        this.readAhead = new ReadAhead(workers);
        this.writer = DaemonThreads.of(this::write, "glulam-writer");
        writer.start();
    }

    @Override
    public long capacity() {
        return budget.total();
    }

    @Override
    public long capacityAhead() {
        return budgetAhead.total();
    }

    @Override
    public Task.Made<W> begin(long cost, Supplier<? extends Piece<W>> work) {
        return begin(budget, cost, cost, work);
    }

    @Override
    public Task.Made<W> beginAhead(long making, long holding, Supplier<? extends Piece<W>> work) {
        return begin(budgetAhead, making, holding, work);
    }

    private Task.Made<W> begin(MemoryBudget from, long making, long holding, Supplier<? extends Piece<W>> work) {
        take(from, making);
        FutureTask<Piece<W>> piece = new FutureTask<>(() -> {
            Piece<W> made = work.get();
            from.release(making - holding);
            return made;
        });
        BegunPiece<W> task = new BegunPiece<>(piece, () -> from.release(holding));
        begun.add(task);
        try {
            workers.execute(piece);
            return task;
        } catch (RejectedExecutionException stopped) {
            // A failure stopped the workers after there was memory.
            throw failed();
        }
    }

    private void take(MemoryBudget from, long bytes) {
        try {
            if (!from.acquire(bytes)) {
                throw failed();
            }
        } catch (InterruptedException e) {
            throw ThreadedWorkers.interrupted();
        }
    }

    @Override
    public void submitAndAwait(Task.Made<W> task) {
        submit(task);
        task.piece();
    }

    @Override
    public void submit(Task<W> task) {
        if (task instanceof Task.Made<W> made) {
            queue.add(() -> write(made));
        } else if (task instanceof Task.Moved<W> moved) {
            long cost = Math.min(moved.cost(), budget.total());
            take(budget, cost);
            FutureTask<MovedPiece> piece = readAhead.add(() -> MovedPiece.read(moved, buffers));
            queue.add(() -> write(moved, piece, cost));
        } else if (task instanceof Task.Copied<W> copied) {
            queue.add(() -> copied.write(output, written));
        }
    }

    @Override
    public W drain() {
        queue.add(() -> drained = true);
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw ThreadedWorkers.interrupted();
        }
        if (failure != null) {
            throw failed();
        }
        return written;
    }

    private void write() {
        try {
            while (!drained) {
                Turn turn = queue.take();
                readAhead.offer();
                turn.take();
            }
        } catch (ExecutionException e) {
            fail(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void write(Task.Made<W> task) {
        long start = output.position();
        Piece<W> piece = task.piece();
        try (piece) {
            piece.writeTo(output::append);
        }
        begun.remove(task);
        piece.describe(written, new ByteRange(start, output.position()));
        task.release();
    }

    private void write(Task.Moved<W> task, FutureTask<MovedPiece> reading, long cost)
            throws ExecutionException, InterruptedException {
        readAhead.reached();
        reading.run(); // Does nothing if a worker has begun it.
        long start = output.position();
        try (MovedPiece piece = reading.get()) {
            output.append(piece.bytes());
        }
        budget.release(cost);
        task.description().describe(written, new ByteRange(start, output.position()));
    }

    private void fail(Throwable cause) {
        failure = cause;
        closeBudgets();
        workers.shutdownNow();
    }

    /** Stopping the workers interrupts them, which closes the file that all of them read. */
    @Override
    public RuntimeException causeOf(RuntimeException consequence) {
        return failure == null ? consequence : failed();
    }

    private RuntimeException failed() {
        return OnThreads.unchecked(failure);
    }

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
        for (BegunPiece<W> task : begun) {
            Piece<W> piece = task.pieceIfMade();
            if (piece != null) {
                piece.close();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeBudgets() {
        budget.close();
        budgetAhead.close();
    }
}
