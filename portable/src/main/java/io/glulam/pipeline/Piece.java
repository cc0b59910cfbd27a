package io.glulam.pipeline;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Bytes made by a worker, to be written in order, and what they are. */
public interface Piece<W> extends Description<W>, AutoCloseable {
    /** Hands over its bytes, buffer by buffer; each is drained before the next is asked for. */
    void writeTo(Consumer<ByteBuffer> out);

    /** Gives back what it holds, but for what it takes to describe it. */
    @Override
    void close();
}
