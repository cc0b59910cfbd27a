package io.glulam.pipeline;

import io.glulam.storage.ByteRange;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes each piece when it is submitted and writes it at once, on the caller's thread. At most one piece is held at a
 * time, so that no budget is needed. Not thread-safe.
 */
final class InlinePipeline<W> implements Pipeline<W> {
    private final ReadBackOutput output;
    private final W written;
    private final long bytes;
    private final long bytesAhead;
    private @Nullable ByteBuffer buffer;
    private @Nullable RuntimeException failure;

    InlinePipeline(ReadBackOutput output, W written, long bytes, long bytesAhead) {
        this.output = output;
        this.written = written;
        this.bytes = bytes;
        this.bytesAhead = bytesAhead;
    }

    @Override
    public long capacity() {
        return bytes;
    }

    @Override
    public long capacityAhead() {
        return bytesAhead;
    }

    /** A piece that is made when it is asked for. */
    private record Unmade<W>(Supplier<? extends Piece<W>> work) implements Task.Made<W> {
        @Override
        public Piece<W> piece() {
            return work.get();
        }

        @Override
        public void release() {}
    }

    @Override
    public Task.Made<W> begin(long cost, Supplier<? extends Piece<W>> work) {
        return new Unmade<>(work);
    }

    @Override
    public Task.Made<W> beginAhead(long making, long holding, Supplier<? extends Piece<W>> work) {
        return new Unmade<>(work);
    }

    @Override
    public void submit(Task<W> task) {
        try {
            write(task);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private void write(Task<W> task) {
        if (task instanceof Task.Made<W> made) {
            writeMade(made);
        } else if (task instanceof Task.Moved<W> moved) {
            writeMoved(moved);
        } else if (task instanceof Task.Copied<W> copied) {
            copied.write(output, written);
        }
    }

    @Override
    public void submitAndAwait(Task.Made<W> task) {
        submit(task);
    }

    private void writeMade(Task.Made<W> task) {
        long start = output.position();
        Piece<W> piece = task.piece();
        try (piece) {
            piece.writeTo(output::append);
        }
        piece.describe(written, new ByteRange(start, output.position()));
        task.release();
    }

    private void writeMoved(Task.Moved<W> task) {
        long start = output.position();
        ByteBuffer moving = buffer;
        if (moving == null) {
            moving = ByteBuffer.allocate(Task.Moved.MAX_BYTES);
            buffer = moving;
        }
        task.read(moving.clear());
        output.append(moving.flip());
        task.description().describe(written, new ByteRange(start, output.position()));
    }

    @Override
    public W drain() {
        return written;
    }

    /** The failure of a piece, without the place that the caller who submitted it adds. */
    @Override
    public RuntimeException causeOf(RuntimeException consequence) {
        RuntimeException first = failure;
        return first == null ? consequence : first;
    }

    @Override
    public void close() {}
}
