package io.glulam.threads;

import io.glulam.pipeline.Piece;
import io.glulam.pipeline.Task;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A piece that a worker makes.
 *
 * @param future its making
 * @param giveBack gives the memory back once the piece is written
 */
record BegunPiece<W>(FutureTask<Piece<W>> future, Runnable giveBack) implements Task.Made<W> {
    @Override
    public Piece<W> piece() {
        future.run();
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw OnThreads.unchecked(failure.getCause());
        } catch (InterruptedException e) {
            throw ThreadedWorkers.interrupted();
        }
    }

    @Override
    public void release() {
        giveBack.run();
    }

    // A record's own are made at run time, on each start.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** The piece if it was made; null otherwise. */
    @Nullable
    Piece<W> pieceIfMade() {
        if (!future.isDone()) {
            return null;
        }
        try {
            return future.get();
        } catch (ExecutionException | InterruptedException e) {
            return null; // It was never made, and the failure is known already.
        }
    }
}
