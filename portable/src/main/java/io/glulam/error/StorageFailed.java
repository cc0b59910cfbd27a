package io.glulam.error;

import org.jspecify.annotations.Nullable;

/** The storage could not do what it was asked: no such object, no permission, no space, an I/O error. */
public final class StorageFailed extends GlulamException {
    private static final long serialVersionUID = 1L;

    /** The kinds that callers treat differently. */
    public enum Kind {
        /** The object is missing. */
        MISSING,
        /** Credentials or rights do not allow it. */
        DENIED,
        /** The object exists already. */
        EXISTS,
        /** Another run holds what was asked for, for a minute at most unless it goes on. */
        HELD,
        OTHER
    }

    private final Kind kind;
    private final boolean retryable;

    /** As {@link #StorageFailed(Place, String, String, boolean, Throwable)}, final and without a cause. */
    public StorageFailed(Place place, String problem, @Nullable String remedy) {
        this(place, problem, remedy, false, null);
    }

    /**
     * As {@link #StorageFailed(Kind, Place, String, String, boolean, Throwable)}, of the kind {@link Kind#OTHER}.
     *
     * @param problem what failed
     * @param remedy what the user can do; null for nothing
     * @param retryable whether the same request may succeed later
     */
    public StorageFailed(
            Place place, String problem, @Nullable String remedy, boolean retryable, @Nullable Throwable cause) {
        this(Kind.OTHER, place, problem, remedy, retryable, cause);
    }

    /** As {@link #StorageFailed(Kind, Place, String, String, boolean, Throwable)}, final and without a cause. */
    public StorageFailed(Kind kind, Place place, String problem, @Nullable String remedy) {
        this(kind, place, problem, remedy, false, null);
    }

    /**
     * @param kind for callers
     * @param problem what failed
     * @param remedy what the user can do; null for nothing
     * @param retryable whether the same request may succeed later
     */
    public StorageFailed(
            Kind kind,
            Place place,
            String problem,
            @Nullable String remedy,
            boolean retryable,
            @Nullable Throwable cause) {
        super(place, problem, remedy, cause);
        this.kind = kind;
        this.retryable = retryable;
    }

    /** Returns the failure of a run whose thread was interrupted. */
    public static StorageFailed interrupted(Place place) {
        return new StorageFailed(place, "interrupted", "nothing was published");
    }

    /** Returns the kind of the failure. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }

    @Override
    public StorageFailed within(Place outer) {
        StorageFailed located =
                new StorageFailed(kind, place().within(outer), problem(), remedy(), retryable, getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }
}
