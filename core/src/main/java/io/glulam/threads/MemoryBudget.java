package io.glulam.threads;

/**
 * A number of bytes that buffers are taken from. A thread that takes in one fixed order and gives back in the same order can
 * never wait for himself. Thread-safe.
 */
public final class MemoryBudget {
    private final long total;
    private final long batch;
    private long free;
    private boolean closed;
    /** Free bytes from which on a waiting thread may go on. */
    private long awaited = Long.MAX_VALUE;

    /** @param total bytes */
    public MemoryBudget(long total) {
        this(total, 0);
    }

    /**
     * A budget whose takers go on several at once: to be woken for each takes longer than to wait for more.
     *
     * @param total bytes
     * @param batch bytes beyond those asked for that have to be free, or all of them, before a thread that had to wait goes
     *     on; only for takers on whom no giving back depends
     */
    public MemoryBudget(long total, long batch) {
        this.total = total;
        this.batch = batch;
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
        long enough = free < bytes ? Math.min(total, bytes + batch) : bytes;
        while (free < enough && !closed) {
            awaited = Math.min(awaited, enough);
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
        if (free >= awaited) {
            awaited = Long.MAX_VALUE;
            notifyAll();
        }
    }

    /** Wakes every thread that waits: the work is over. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
