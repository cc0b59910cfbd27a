package io.glulam.threads;

import io.glulam.local.DiskSpool;
import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.Workers;
import io.glulam.storage.MemorySpool;
import io.glulam.storage.RangeSpool;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Threads, temporary files and direct buffers of this machine.
 *
 * @param threads that work at once
 * @param bufferBytes memory that buffers may take
 * @param temporaryFolder for what does not fit; null for the system's
 * @param spoolInMemory whether what is fetched of remote sources is held in memory, or refused if it does not fit
 */
public record LocalResources(
        int threads, long bufferBytes, @Nullable Path temporaryFolder, boolean spoolInMemory)
        implements ExecutionResources {
    @Override
    public Workers workers() {
        return new ThreadedWorkers(threads);
    }

    @Override
    public RangeSpool newSpool() {
        return spoolInMemory ? new MemorySpool(bufferBytes / 2) : newOverflow();
    }

    @Override
    public RangeSpool newOverflow() {
        return new DiskSpool(temporaryFolder);
    }

    @Override
    public ByteBuffer newBuffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes);
    }
}
