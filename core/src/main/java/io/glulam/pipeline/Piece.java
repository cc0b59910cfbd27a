package io.glulam.pipeline;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Bytes made by a worker, to be written in order. */
public interface Piece extends AutoCloseable {
    /** A piece without bytes. */
    Piece EMPTY = new Piece() {
        @Override
        public void writeTo(Consumer<ByteBuffer> out) {}

        @Override
        public void close() {}
    };

    /** Hands over its bytes, buffer by buffer; each is drained before the next is asked for. */
    void writeTo(Consumer<ByteBuffer> out);

    /** Gives back what it holds. */
    @Override
    void close();

    /** A piece of heap bytes. */
    static Piece of(byte[] bytes) {
        return new Piece() {
            @Override
            public void writeTo(Consumer<ByteBuffer> out) {
                out.accept(ByteBuffer.wrap(bytes));
            }

            @Override
            public void close() {}
        };
    }
}
