package io.glulam.service.workflow;

import io.glulam.CompactionOptions;
import io.glulam.plan.Settings;
import io.glulam.service.worth.Measurement;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The resources that every compaction of this server may take.
 *
 * @param bufferBytes for buffers of one compaction
 * @param threads of one compaction
 * @param temporaryFolder for data that does not fit into the buffers; null for the system's
 * @param measurement of reads, before and after; null for none
 * @param grace how long an object is kept that its dataset has moved away from
 */
public record CompactionResources(
        long bufferBytes,
        int threads,
        @Nullable Path temporaryFolder,
        @Nullable Measurement measurement,
        Duration grace) {
    CompactionOptions options(Settings settings) {
        return CompactionOptions.defaults()
                .withSettings(settings)
                .withBufferBytes(bufferBytes)
                .withThreads(threads)
                .withTemporaryFolder(temporaryFolder);
    }
}
