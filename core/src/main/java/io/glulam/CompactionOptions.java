package io.glulam;

import io.glulam.pipeline.ExecutionResources;
import io.glulam.plan.Settings;
import io.glulam.threads.LocalResources;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link Compactor}. Only {@code settings} influences the bytes that come out.
 *
 * @param settings what to merge and how far to go
 * @param bufferBytes bytes of the Java heap for buffers; columns that are recoded ahead take up to one and a half times as
 *     much besides
 * @param threads that work at once; at least 1
 * @param temporaryFolder for temporary files of what does not fit into the memory; null for the system's
 * @param spoolInMemory whether what is fetched of an object in a store is held in memory, within the buffers, instead of
 *     in a temporary file; what does not fit is refused
 * @param overwrite whether an existing target is replaced
 * @param backupSuffix of the name under which the replaced object stays (a hard link, a copy in the store); null for
 *     none
 * @param progress hears how far a run is
 * @param publishing hears of each output before it becomes visible
 */
public record CompactionOptions(
        Settings settings,
        long bufferBytes,
        int threads,
        @Nullable Path temporaryFolder,
        boolean spoolInMemory,
        boolean overwrite,
        @Nullable String backupSuffix,
        ProgressListener progress,
        PublishListener publishing) {
    /** The least {@link #bufferBytes}. */
    public static final long MIN_BUFFER_BYTES = 4L << 20;

    public CompactionOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread is needed, not " + threads);
        }
        if (bufferBytes < MIN_BUFFER_BYTES) {
            throw new IllegalArgumentException("buffers need at least " + MIN_BUFFER_BYTES + " bytes");
        }
        if (backupSuffix != null && (backupSuffix.isEmpty() || backupSuffix.contains("/"))) {
            throw new IllegalArgumentException("a backup suffix is not empty and holds no slash");
        }
    }

    /**
     * Returns the default settings, a third of the heap for buffers, a thread a processor, nothing overwritten, no
     * backup.
     */
    public static CompactionOptions defaults() {
        return new CompactionOptions(
                Settings.defaults(),
                Math.max(MIN_BUFFER_BYTES, Runtime.getRuntime().maxMemory() / 3),
                Runtime.getRuntime().availableProcessors(),
                null,
                false,
                false,
                null,
                ProgressListener.NONE,
                PublishListener.NONE);
    }

    public CompactionOptions withSettings(Settings other) {
        return with(changes -> changes.settings = other);
    }

    public CompactionOptions withBufferBytes(long other) {
        return with(changes -> changes.bufferBytes = other);
    }

    public CompactionOptions withThreads(int other) {
        return with(changes -> changes.threads = other);
    }

    public CompactionOptions withTemporaryFolder(@Nullable Path other) {
        return with(changes -> changes.temporaryFolder = other);
    }

    public CompactionOptions withSpoolInMemory(boolean other) {
        return with(changes -> changes.spoolInMemory = other);
    }

    public CompactionOptions withOverwrite(boolean other) {
        return with(changes -> changes.overwrite = other);
    }

    public CompactionOptions withBackupSuffix(@Nullable String other) {
        return with(changes -> changes.backupSuffix = other);
    }

    public CompactionOptions withProgress(ProgressListener other) {
        return with(changes -> changes.progress = other);
    }

    public CompactionOptions withPublishing(PublishListener other) {
        return with(changes -> changes.publishing = other);
    }

    private CompactionOptions with(Consumer<Changes> change) {
        Changes changes = new Changes(this);
        change.accept(changes);
        return changes.options();
    }

    /** Returns the resources that a run may use. */
    ExecutionResources resources() {
        return new LocalResources(threads, bufferBytes, temporaryFolder, spoolInMemory);
    }

    /** A copy to be changed. */
    private static final class Changes {
        private Settings settings;
        private long bufferBytes;
        private int threads;
        private @Nullable Path temporaryFolder;
        private boolean spoolInMemory;
        private boolean overwrite;
        private @Nullable String backupSuffix;
        private ProgressListener progress;
        private PublishListener publishing;

        Changes(CompactionOptions of) {
            this.settings = of.settings;
            this.bufferBytes = of.bufferBytes;
            this.threads = of.threads;
            this.temporaryFolder = of.temporaryFolder;
            this.spoolInMemory = of.spoolInMemory;
            this.overwrite = of.overwrite;
            this.backupSuffix = of.backupSuffix;
            this.progress = of.progress;
            this.publishing = of.publishing;
        }

        CompactionOptions options() {
            return new CompactionOptions(
                    settings,
                    bufferBytes,
                    threads,
                    temporaryFolder,
                    spoolInMemory,
                    overwrite,
                    backupSuffix,
                    progress,
                    publishing);
        }
    }
}
