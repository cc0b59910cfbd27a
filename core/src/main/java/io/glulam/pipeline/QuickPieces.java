package io.glulam.pipeline;

import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * The pieces that the writer makes in their turn. Where the workers have nothing else to do, or the pieces turn out to
 * take long, as from a disk that is slow, a few ahead of the writer are offered to them. One thread adds; the rest is the
 * writer's.
 */
final class QuickPieces {
    /** How many are offered and not yet written at most: each may hold a buffer. */
    private static final int MOST_AHEAD = 4;

    /** Many times what a piece takes from memory, and a tenth of what a disk that seeks takes. */
    private static final long SLOW_NANOS = 400_000;

    private final Executor workers;
    private final BooleanSupplier idle;
    private final Queue<FutureTask<? extends Piece>> unwritten = new ConcurrentLinkedQueue<>();
    /** Of the first in {@link #unwritten}. */
    private int offered;

    /** What a piece took lately, about: threads may overwrite each other's. */
    private volatile long usualNanos;

    /** @param idle whether the workers have nothing else to do */
    QuickPieces(Executor workers, BooleanSupplier idle) {
        this.workers = workers;
        this.idle = idle;
    }

    /** Adds a piece behind the others. */
    FutureTask<? extends Piece> add(Callable<? extends Piece> work) {
        FutureTask<? extends Piece> piece = new FutureTask<>(() -> timed(work));
        unwritten.add(piece);
        return piece;
    }

    private Piece timed(Callable<? extends Piece> work) throws Exception {
        long begun = System.nanoTime();
        Piece piece = work.call();
        usualNanos = (7 * usualNanos + System.nanoTime() - begun) / 8;
        return piece;
    }

    /** Hears that the writer has come to {@code piece}, quick or not, and offers what lies ahead, several at once. */
    void reached(FutureTask<? extends Piece> piece) {
        if (piece.equals(unwritten.peek())) {
            unwritten.remove();
            offered = Math.max(0, offered - 1);
        }
        if (offered <= MOST_AHEAD / 2 && (idle.getAsBoolean() || usualNanos > SLOW_NANOS)) {
            offer();
        }
    }

    private void offer() {
        Iterator<FutureTask<? extends Piece>> pieces = unwritten.iterator();
        try {
            for (int i = 0; i < MOST_AHEAD && pieces.hasNext(); i++) {
                FutureTask<? extends Piece> piece = pieces.next();
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
