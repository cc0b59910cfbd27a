package io.glulam.error;

import org.jspecify.annotations.Nullable;

/** The bytes contradict the Parquet specification or themselves. */
public final class CorruptFile extends GlulamException {
    private static final long serialVersionUID = 1L;

    /** As {@link #CorruptFile(Place, String, String, Throwable)}, without remedy and cause. */
    public CorruptFile(Place place, String problem) {
        this(place, problem, null, null);
    }

    /** As {@link #CorruptFile(Place, String, String, Throwable)}, without a cause. */
    public CorruptFile(Place place, String problem, @Nullable String remedy) {
        this(place, problem, remedy, null);
    }

    /**
     * @param problem what was expected and what was found
     * @param remedy what the user can do; null for nothing
     */
    public CorruptFile(Place place, String problem, @Nullable String remedy, @Nullable Throwable cause) {
        super(place, problem, remedy, cause);
    }

    @Override
    public CorruptFile within(Place outer) {
        CorruptFile located = new CorruptFile(place().within(outer), problem(), remedy(), getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }
}
