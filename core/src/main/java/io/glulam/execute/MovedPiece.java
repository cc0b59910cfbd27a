package io.glulam.execute;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A range of the source on its way to the output, byte for byte. */
final class MovedPiece implements Piece {
    private final BufferPool pool;
    private final ByteBuffer buffer;

    private MovedPiece(BufferPool pool, ByteBuffer buffer) {
        this.pool = pool;
        this.buffer = buffer;
    }

    /** Reads a range of at most {@link BufferPool#SIZE} bytes. */
    static MovedPiece read(SourceBytes source, BufferPool pool, long position, int length) {
        ByteBuffer buffer = pool.take();
        buffer.limit(length);
        source.read(position, buffer);
        return new MovedPiece(pool, buffer.flip());
    }

    @Override
    public void writeTo(Consumer<ByteBuffer> out) {
        out.accept(buffer);
    }

    @Override
    public void close() {
        pool.give(buffer);
    }
}
