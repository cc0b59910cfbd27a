package io.glulam.pipeline;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Things that are free to be used again, the one that is free longest first. Thread-safe. */
public final class FreeList<T> {
    private final ArrayDeque<T> free = new ArrayDeque<>();

    /** Takes one out; null if none is free. */
    public synchronized @Nullable T take() {
        return free.poll();
    }

    /** Puts one back. */
    public synchronized void give(T thing) {
        free.add(thing);
    }
}
