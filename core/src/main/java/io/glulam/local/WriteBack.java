package io.glulam.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * Lets the disk begin with what is written while more is being written, so that the sync in the end finds little left.
 * One sync at a time runs on a thread of its own. Not thread-safe: for the writer's thread.
 */
final class WriteBack implements AutoCloseable {
    /** Bytes from which on a sync is worth its trip: a small file has none but the last. */
    private static final long STRETCH = 16L << 20;

    private final FileChannel channel;
    private long begun;
    private @Nullable Thread sync;
    private volatile @Nullable IOException failure;

    WriteBack(FileChannel channel) {
        this.channel = channel;
    }

    /** Hears that everything up to {@code position} is written. */
    void written(long position) {
        if (position - begun < STRETCH || sync != null && sync.isAlive()) {
            return;
        }
        begun = position;
        Thread thread = new Thread(this::sync, "glulam-write-back");
        thread.setDaemon(true);
        thread.start();
        sync = thread;
    }

    private void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            // The system tells a failed write-back once: the last sync would succeed. The failure is kept for it.
            failure = e;
        }
    }

    /** Syncs the rest, contents and metadata; fails if this or any earlier sync has failed. */
    void finish() throws IOException {
        close();
        IOException earlier = failure;
        if (earlier != null) {
            throw earlier;
        }
        channel.force(true);
    }

    /** Waits for a sync that is under way. */
    @Override
    public void close() {
        Thread thread = sync;
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
