package io.glulam.threads;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * Offers the next few moved pieces to the workers, so that one that has nothing else to do reads them before the writer
 * comes to them. One thread adds; the rest is the writer's.
 */
final class ReadAhead {
    /** How many are offered and not yet written at most: each may hold a buffer. */
    private static final int PIECES = 4;

    private final Executor workers;
    private final Queue<FutureTask<MovedPiece>> unwritten = new ConcurrentLinkedQueue<>();
    /** Of the first in {@link #unwritten}. */
    private int offered;

    ReadAhead(Executor workers) {
        this.workers = workers;
    }

    /** Adds a piece after the others. */
    FutureTask<MovedPiece> add(Callable<MovedPiece> reading) {
        FutureTask<MovedPiece> piece = new FutureTask<>(reading);
        unwritten.add(piece);
        return piece;
    }

    /** The piece that the writer has come to; it is the first of those that are not written. */
    void reached() {
        unwritten.remove();
        offered = Math.max(0, offered - 1);
    }

    /** Offers what lies ahead of the writer. */
    void offer() {
        Iterator<FutureTask<MovedPiece>> pieces = unwritten.iterator();
        try {
            for (int i = 0; i < PIECES && pieces.hasNext(); i++) {
                FutureTask<MovedPiece> piece = pieces.next();
                if (i >= offered) {
                    workers.execute(piece);
                    offered++;
                }
            }
        } catch (RejectedExecutionException stopped) {
            // A failure stopped the workers; the writer hears of it by itself.
        }
    }
}
