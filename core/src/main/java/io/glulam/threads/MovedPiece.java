package io.glulam.threads;

import io.glulam.pipeline.Task;
import java.nio.ByteBuffer;

/** Ranges of sources on their way to the output, byte for byte, one after the other, in a buffer of a pool. */
final class MovedPiece implements AutoCloseable {
    private final BufferPool pool;
    private final ByteBuffer buffer;

    private MovedPiece(BufferPool pool, ByteBuffer buffer) {
        this.pool = pool;
        this.buffer = buffer;
    }

    static MovedPiece read(Task.Moved<?> task, BufferPool pool) {
        ByteBuffer buffer = pool.take();
        task.read(buffer);
        return new MovedPiece(pool, buffer.flip());
    }

    ByteBuffer bytes() {
        return buffer;
    }

    @Override
    public void close() {
        pool.give(buffer);
    }
}
