package io.glulam.pipeline;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Direct buffers of one size, used again and again. Thread-safe. */
public final class BufferPool {
    /** Long enough for the disk, short enough for the processor's cache. */
    public static final int SIZE = 256 << 10;

    private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** An empty buffer of {@link #SIZE} bytes. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    void give(ByteBuffer buffer) {
        free.add(buffer);
    }
}
