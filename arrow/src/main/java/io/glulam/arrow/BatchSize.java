package io.glulam.arrow;

/** Bytes of the values in a batch. Not thread-safe. */
final class BatchSize {
    private long bytes;

    void add(long more) {
        bytes += more;
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        bytes = 0;
    }
}
