package io.glulam.storage;

/** Renames objects. Thread-safe. Failures are {@link io.glulam.error.StorageFailed}. */
public interface ObjectMover {
    /** Returns the key that an object really lies under, absolute and with links followed; it need not exist. */
    String resolved(String key);

    /**
     * Gives an object another key in one atomic and durable step.
     *
     * @param to replaced if it exists
     */
    void move(String from, String to);
}
