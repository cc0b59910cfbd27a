package io.glulam.error;

import org.jspecify.annotations.Nullable;

/** The source is not the version that was planned for. */
public final class SourceChanged extends GlulamException {
    private static final long serialVersionUID = 1L;

    /** As {@link #SourceChanged(Place, String, String, Throwable)}, without remedy and cause. */
    public SourceChanged(Place place, String problem) {
        this(place, problem, null, null);
    }

    /** As {@link #SourceChanged(Place, String, String, Throwable)}, without a cause. */
    public SourceChanged(Place place, String problem, @Nullable String remedy) {
        this(place, problem, remedy, null);
    }

    /**
     * @param problem how it was seen to differ
     * @param remedy what the user can do; null for nothing
     */
    public SourceChanged(Place place, String problem, @Nullable String remedy, @Nullable Throwable cause) {
        super(place, problem, remedy, cause);
    }

    @Override
    public SourceChanged within(Place outer) {
        SourceChanged located = new SourceChanged(place().within(outer), problem(), remedy(), getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }
}
