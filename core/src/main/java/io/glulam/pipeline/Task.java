package io.glulam.pipeline;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written in their turn.
 *
 * @param <W> what collects the descriptions of everything that is written
 */
public sealed interface Task<W> {
    /** Bytes that a worker makes. {@link Pipeline#begin} begins them. */
    final class Made<W> implements Task<W> {
        private final FutureTask<? extends Piece<W>> piece;
        private final Runnable release;

        /** @param release gives the memory back once the piece is written */
        Made(FutureTask<? extends Piece<W>> piece, Runnable release) {
            this.piece = piece;
            this.release = release;
        }

        /** The piece, made by a worker or, if none has begun it, by this thread. */
        Piece<W> piece() throws ExecutionException, InterruptedException {
            piece.run();
            return piece.get();
        }

        void release() {
            release.run();
        }

        /** The piece if it was made; null otherwise. */
        @Nullable
        Piece<W> pieceIfMade() {
            if (!piece.isDone()) {
                return null;
            }
            try {
                return piece.get();
            } catch (ExecutionException | InterruptedException e) {
                return null; // It was never made, and the failure is known already.
            }
        }
    }

    /**
     * Ranges of sources, one after the other. The writer reads them in their turn, or an idle worker a little earlier.
     *
     * @param cost bytes of memory that they take until they are written, but for their buffer
     * @param ranges of at most {@link BufferPool#SIZE} bytes in all
     * @param description of the bytes
     */
    record Moved<W>(long cost, List<SourceRange> ranges, Description<W> description) implements Task<W> {}

    /**
     * A range of a source that the store itself copies.
     *
     * @param range of the source
     * @param description of the bytes
     */
    record Copied<W>(SourceRange range, Description<W> description) implements Task<W> {}
}
