package io.glulam.error;

import org.jspecify.annotations.Nullable;

/** The file is sound, but this version cannot or must not move it (encrypted, say), or not within the limits given. */
public final class Unsupported extends GlulamException {
    private static final long serialVersionUID = 1L;

    /** As {@link #Unsupported(Place, String, String, Throwable)}, without remedy and cause. */
    public Unsupported(Place place, String problem) {
        this(place, problem, null, null);
    }

    /** As {@link #Unsupported(Place, String, String, Throwable)}, without a cause. */
    public Unsupported(Place place, String problem, @Nullable String remedy) {
        this(place, problem, remedy, null);
    }

    /**
     * @param problem what is not supported
     * @param remedy what the user can do; null for nothing
     */
    public Unsupported(Place place, String problem, @Nullable String remedy, @Nullable Throwable cause) {
        super(place, problem, remedy, cause);
    }

    @Override
    public Unsupported within(Place outer) {
        Unsupported located = new Unsupported(place().within(outer), problem(), remedy(), getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }
}
