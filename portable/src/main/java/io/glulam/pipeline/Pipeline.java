package io.glulam.pipeline;

import java.util.function.Supplier;

/**
 * Pieces that are made, possibly by several workers at once, and written in the order in which their tasks were submitted,
 * so that the bytes do not depend on who makes them. The first failure stops everything.
 *
 * @param <W> what collects the descriptions of everything that is written; only the pipeline uses it until it is drained
 */
public interface Pipeline<W> extends AutoCloseable {
    /** Bytes that one piece may cost at most. */
    long capacity();

    /** Bytes that a piece begun ahead may cost at most. */
    long capacityAhead();

    /**
     * Begins to make a piece, once there is memory for it.
     *
     * @param cost bytes of memory that making and holding it takes, at most {@link #capacity}
     * @param work makes it, on any worker
     */
    Task.Made<W> begin(long cost, Supplier<? extends Piece<W>> work);

    /**
     * Begins to make a piece ahead of its turn, once there is memory for it. Pieces are begun ahead by one thread, in the
     * order of the output, and all of them are submitted.
     *
     * @param making bytes that making it takes, at most {@link #capacityAhead}
     * @param holding bytes that it holds once it is made, at most {@code making}
     * @param work as above
     */
    Task.Made<W> beginAhead(long making, long holding, Supplier<? extends Piece<W>> work);

    /** Queues a task after those that were submitted before; moved bytes, once there is memory for them. */
    void submit(Task<W> task);

    /** Submits a task, and waits until its piece is made. */
    void submitAndAwait(Task.Made<W> task);

    /** Waits until everything submitted is written and reads back as it should; gives what was told of it. */
    W drain();

    /** Returns what stopped the run, for a caller that failed with {@code consequence}; that itself if nothing did. */
    RuntimeException causeOf(RuntimeException consequence);

    /** Stops what is under way and closes every piece that was made, so that no temporary file is left. */
    @Override
    void close();
}
