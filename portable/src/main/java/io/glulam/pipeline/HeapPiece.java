package io.glulam.pipeline;

import io.glulam.storage.ByteRange;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A piece of heap bytes.
 *
 * @param description of the bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeapPiece<W>(byte[] bytes, Description<W> description) implements Piece<W> {
    @Override
    public void writeTo(Consumer<ByteBuffer> out) {
        out.accept(ByteBuffer.wrap(bytes));
    }

    @Override
    public void describe(W written, ByteRange place) {
        description.describe(written, place);
    }

    @Override
    public void close() {}
}
