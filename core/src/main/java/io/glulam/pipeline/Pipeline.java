package io.glulam.pipeline;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.memory.MemoryBudget;
import io.glulam.storage.ByteRange;
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
import org.jspecify.annotations.Nullable;

/**
 * Many workers, one writer: pieces are made in parallel and written in the order in which their tasks were submitted, so
 * the bytes do not depend on the threads. What is under way is bounded by memory budgets, each taken from in that same
 * order, so that nobody can wait for himself. The first failure stops everything.
 *
 * <p>Two threads feed it: one submits the tasks, in their order, and another may begin what takes long ahead of its
 * turn, from a budget of its own: the pieces before it would take all of theirs and leave a worker idle.
 *
 * @param <W> what collects the descriptions of everything that is written; only the writer's thread uses it until the
 *     pipeline is drained
 */
public final class Pipeline<W> implements AutoCloseable {
    /** How long a stopped run waits for its workers: far longer than a page takes. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final CheckedOutput output;
    private final W written;
    private final MemoryBudget budget;
    private final MemoryBudget budgetAhead;
    private final ExecutorService workers;
    private final BlockingQueue<Turn> queue = new LinkedBlockingQueue<>();
    private final ReadAhead readAhead;
    private final BufferPool buffers = new BufferPool();
    private final Set<Task.Made<W>> begun = ConcurrentHashMap.newKeySet();
    private final Thread writer;
    private volatile @Nullable Throwable failure;
    private boolean drained;

    /** What the writer does when it comes to a task. */
    private interface Turn {
        void take() throws ExecutionException, InterruptedException;
    }

    /**
     * @param budget of the pieces that are begun in their turn, and of those that are moved
     * @param budgetAhead of those that are begun ahead of their turn
     */
    public Pipeline(CheckedOutput output, W written, int threads, MemoryBudget budget, MemoryBudget budgetAhead) {
        this.output = output;
        this.written = written;
        this.budget = budget;
        this.budgetAhead = budgetAhead;
        this.workers = Executors.newFixedThreadPool(threads, task -> daemon(task, "glulam-worker"));
        this.readAhead = new ReadAhead(workers);
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
     * Begins to make a piece, once there is memory for it.
     *
     * @param cost bytes of memory that making and holding it takes, at most {@link #capacity}
     * @param work makes it, on any worker, or on the writer if it comes to it first
     */
    public Task.Made<W> begin(long cost, Callable<? extends Piece<W>> work) {
        return begin(budget, cost, cost, work);
    }

    /**
     * Begins to make a piece ahead of its turn, once there is memory for it. Pieces are begun ahead by one thread, in the
     * order of the output, and all of them are submitted.
     *
     * @param making bytes that making it takes, at most {@link #capacityAhead}
     * @param holding bytes that it holds once it is made, at most {@code making}
     * @param work as above
     */
    public Task.Made<W> beginAhead(long making, long holding, Callable<? extends Piece<W>> work) {
        return begin(budgetAhead, making, holding, work);
    }

    private Task.Made<W> begin(MemoryBudget from, long making, long holding, Callable<? extends Piece<W>> work) {
        take(from, making);
        FutureTask<Piece<W>> piece = new FutureTask<>(() -> {
            Piece<W> made = work.call();
            from.release(making - holding);
            return made;
        });
        Task.Made<W> task = new Task.Made<>(piece, () -> from.release(holding));
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
            throw interrupted();
        }
    }

    /** Submits a task, and waits until a worker or this thread has made its piece. */
    public void submitAndAwait(Task.Made<W> task) {
        submit(task);
        try {
            task.piece();
        } catch (ExecutionException failure) {
            throw OnThreads.unchecked(failure.getCause());
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Queues a task after those that were submitted before; moved bytes, once there is memory for them. */
    public void submit(Task<W> task) {
        if (task instanceof Task.Made<W> made) {
            queue.add(() -> write(made));
        } else if (task instanceof Task.Moved<W> moved) {
            long cost = Math.min(moved.cost(), budget.total());
            take(budget, cost);
            FutureTask<MovedPiece> piece = readAhead.add(() -> MovedPiece.read(moved.ranges(), buffers));
            queue.add(() -> write(moved, piece, cost));
        } else if (task instanceof Task.Copied<W> copied) {
            queue.add(() -> write(copied));
        }
    }

    /** Waits until everything submitted is written and reads back as it should; gives what was told of it. */
    public W drain() {
        queue.add(() -> drained = true);
        try {
            writer.join();
        } catch (InterruptedException e) {
            throw interrupted();
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

    private void write(Task.Made<W> task) throws ExecutionException, InterruptedException {
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

    private void write(Task.Copied<W> task) {
        long start = output.position();
        SourceRange range = task.range();
        output.copy(range.source().reader(), range.position(), range.length());
        task.description().describe(written, new ByteRange(start, output.position()));
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
        return StorageFailed.interrupted(Place.UNKNOWN);
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
        for (Task.Made<W> task : begun) {
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
