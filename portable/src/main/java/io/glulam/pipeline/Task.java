package io.glulam.pipeline;

import io.glulam.storage.ByteRange;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Bytes that are written in their turn.
 *
 * @param <W> what collects the descriptions of everything that is written
 */
public sealed interface Task<W> {
    /** Bytes that a worker makes. {@link Pipeline#begin} begins them. */
    non-sealed interface Made<W> extends Task<W> {
        /**
         * Returns the piece, made by a worker or, if none has begun it, by this thread.
         *
         * @throws RuntimeException or Error that making it failed with
         */
        Piece<W> piece();

        /** Gives its memory back, once the piece is written. */
        void release();
    }

    /**
     * Ranges of sources, one after the other. They are read in their turn, or by an idle worker a little earlier.
     *
     * @param cost bytes of memory that they take until they are written, but for their buffer
     * @param ranges of at most {@link #MAX_BYTES} bytes in all
     * @param description of the bytes
     */
    record Moved<W>(long cost, List<SourceRange> ranges, Description<W> description) implements Task<W> {
        /** Long enough for the disk, short enough for the processor's cache. */
        public static final int MAX_BYTES = 256 << 10;

        /** Reads the ranges. */
        public void read(ByteBuffer target) {
            for (SourceRange range : ranges) {
                target.limit(target.position() + (int) range.length());
                range.source().read(range.position(), target);
            }
        }
    }

    /**
     * A range of a source that the store itself copies.
     *
     * @param range of the source
     * @param description of the bytes
     */
    record Copied<W>(SourceRange range, Description<W> description) implements Task<W> {
        /** Has the output copy the range, and describes it. */
        public void write(ReadBackOutput output, W written) {
            long start = output.position();
            output.copy(range.source().reader(), range.position(), range.length());
            description.describe(written, new ByteRange(start, output.position()));
        }
    }
}
