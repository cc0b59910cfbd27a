package io.glulam.pipeline;

import java.nio.ByteBuffer;
import java.util.List;

/** Ranges of sources on their way to the output, byte for byte, one after the other, in a buffer of a pool. */
final class MovedPiece implements AutoCloseable {
    private final BufferPool pool;
    private final ByteBuffer buffer;

    private MovedPiece(BufferPool pool, ByteBuffer buffer) {
        this.pool = pool;
        this.buffer = buffer;
    }

    /** Reads ranges of at most {@link BufferPool#SIZE} bytes in all. */
    static MovedPiece read(List<SourceRange> ranges, BufferPool pool) {
        ByteBuffer buffer = pool.take();
        for (SourceRange range : ranges) {
            buffer.limit(buffer.position() + (int) range.length());
            range.source().read(range.position(), buffer);
        }
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
