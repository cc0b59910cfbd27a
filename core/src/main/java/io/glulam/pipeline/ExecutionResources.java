package io.glulam.pipeline;

import io.glulam.local.DiskSpool;
import io.glulam.storage.MemorySpool;
import io.glulam.storage.RangeSpool;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a run may use. Nothing here influences the bytes that come out.
 *
 * @param threads workers
 * @param bufferBytes memory that buffers may take
 * @param temporaryFolder for what does not fit; null for the system's
 * @param spoolInMemory whether what is fetched of remote sources is held in memory, or refused if it does not fit
 */
public record ExecutionResources(
        int threads, long bufferBytes, @Nullable Path temporaryFolder, boolean spoolInMemory) {
    /** A place for bytes of a remote object; a run has two, for what comes and for what goes. */
    public RangeSpool newSpool() {
        return spoolInMemory ? new MemorySpool(bufferBytes / 2) : new DiskSpool(temporaryFolder);
    }
}
