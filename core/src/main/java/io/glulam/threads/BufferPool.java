package io.glulam.threads;

import io.glulam.pipeline.Task;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Direct buffers of one size, used again and again. Thread-safe. */
final class BufferPool {
    private final ConcurrentLinkedQueue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** An empty buffer of {@link Task.Moved#MAX_BYTES} bytes. */
    ByteBuffer take() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(Task.Moved.MAX_BYTES) : buffer.clear();
    }

    void give(ByteBuffer buffer) {
        free.add(buffer);
    }
}
