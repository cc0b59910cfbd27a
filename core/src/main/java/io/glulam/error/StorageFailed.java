package io.glulam.error;

import org.jspecify.annotations.Nullable;

/** The storage could not do what it was asked: no such object, no permission, no space, an I/O error. */
public final class StorageFailed extends GlulamException {
    private static final long serialVersionUID = 1L;

    private final boolean retryable;

    /** As {@link #StorageFailed(Place, String, String, boolean, Throwable)}, final and without a cause. */
    public StorageFailed(Place place, String problem, @Nullable String remedy) {
        this(place, problem, remedy, false, null);
    }

    /**
     * @param problem what failed
     * @param remedy what the user can do; null for nothing
     * @param retryable whether the same request may succeed later
     */
    public StorageFailed(
            Place place, String problem, @Nullable String remedy, boolean retryable, @Nullable Throwable cause) {
        super(place, problem, remedy, cause);
        this.retryable = retryable;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    @Override
    public StorageFailed within(Place outer) {
        StorageFailed located = new StorageFailed(place().within(outer), problem(), remedy(), retryable, getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }
}
