package io.glulam.pipeline;

import io.glulam.source.SourceBytes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Ranges of the source on their way to the output, byte for byte, one behind the other. */
public final class MovedPiece implements Piece {
    private final BufferPool pool;
    private final ByteBuffer buffer;

    private MovedPiece(BufferPool pool, ByteBuffer buffer) {
        this.pool = pool;
        this.buffer = buffer;
    }

    /** A range of the source. */
    public record Range(long position, int length) {}

    /** Reads ranges of at most {@link BufferPool#SIZE} bytes in all. */
    public static MovedPiece read(SourceBytes source, BufferPool pool, List<Range> ranges) {
        ByteBuffer buffer = pool.take();
        for (Range range : ranges) {
            buffer.limit(buffer.position() + range.length());
            source.read(range.position(), buffer);
        }
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
