package io.glulam.pipeline;

import io.glulam.storage.MemorySpool;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;

/**
 * The caller's thread and the heap alone. What does not fit is refused.
 *
 * @param bufferBytes memory that buffers may take; each spool may take as much
 */
public record InlineResources(long bufferBytes) implements ExecutionResources {
    @Override
    public Workers workers() {
        return InlineWorkers.INSTANCE;
    }

    @Override
    public RangeSpool newSpool() {
        return new MemorySpool(bufferBytes);
    }

    @Override
    public RangeSpool newOverflow() {
        return new MemorySpool(bufferBytes);
    }

    @Override
    public ByteBuffer newBuffer(int bytes) {
        return ByteBuffer.allocate(bytes);
    }
}
