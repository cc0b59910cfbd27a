package io.glulam.memory;

/**
 * A number of bytes that buffers are taken from. Whoever takes in one fixed order and gives back in the same order can
 * never wait for himself. Thread-safe.
 */
public final class MemoryBudget {
    private final long total;
    private long free;
    private boolean closed;

    /** @param total bytes */
    public MemoryBudget(long total) {
        this.total = total;
        this.free = total;
    }

    /** Bytes that can be taken at most. */
    public long total() {
        return total;
    }

    /**
     * Waits until {@code bytes} are free and takes them.
     *
     * @return false if the budget was closed meanwhile: nothing was taken
     * @throws IllegalArgumentException if more are asked for than there are in total
     */
    public synchronized boolean acquire(long bytes) throws InterruptedException {
        if (bytes > total) {
            throw new IllegalArgumentException(bytes + " bytes of a budget of " + total);
        }
        while (free < bytes && !closed) {
            wait();
        }
        if (closed) {
            return false;
        }
        free -= bytes;
        return true;
    }

    /** Gives bytes back. */
    public synchronized void release(long bytes) {
        free += bytes;
        notifyAll();
    }

    /** Wakes everybody who waits: the work is over. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
