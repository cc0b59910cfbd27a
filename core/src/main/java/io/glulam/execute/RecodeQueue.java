package io.glulam.execute;

import io.glulam.pipeline.ExecutionResources;
import io.glulam.pipeline.OnThreads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins the recoded columns of a run in the order of the output, on a thread of its own and as far ahead as their memory
 * allows, so that several are recoded at once while the bytes between them are moved.
 */
final class RecodeQueue implements AutoCloseable {
    private @Nullable Thread thread;

    /** Bytes of the heap that everything ahead may take: what buffers, footers, surveys and indexes leave. */
    static long heapBytes(ExecutionResources resources) {
        return resources.bufferBytes() / 2 * 3;
    }

    /** Starts to begin them, one after the other, up to the first failure. Called once. */
    void start(List<ColumnRecoding> recodings) {
        if (recodings.isEmpty()) {
            return;
        }
        Thread started = new Thread(() -> beginAll(recodings), "glulam-recode-queue");
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private static void beginAll(List<ColumnRecoding> recodings) {
        for (ColumnRecoding recoding : recodings) {
            if (!recoding.begin()) {
                return; // The thread that waits for this one hears of the failure, and comes to none after it.
            }
        }
    }

    /** Begins no more, and returns when that is certain. */
    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
            OnThreads.join(running);
        }
    }
}
