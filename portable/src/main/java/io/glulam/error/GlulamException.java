package io.glulam.error;

import org.jspecify.annotations.Nullable;

/**
 * Everything that Glulam refuses or fails with: five kinds, each with its place and its remedy. The message is one
 * line for a person: place, what is wrong, what to do.
 */
public abstract sealed class GlulamException extends RuntimeException
        permits CorruptFile, Unsupported, SourceChanged, StorageFailed, VerificationFailed {
    private static final long serialVersionUID = 1L;

    private final Place place;
    private final String problem;
    private final @Nullable String remedy;

    GlulamException(Place place, String problem, @Nullable String remedy, @Nullable Throwable cause) {
        super(problem, cause);
        this.place = place;
        this.problem = problem;
        this.remedy = remedy;
    }

    /** Returns the place of the failure; its unknown parts are absent. */
    public final Place place() {
        return place;
    }

    /** Returns the problem, without place and remedy. */
    public final String problem() {
        return problem;
    }

    /** Returns the remedy; null if there is nothing that the user can do. */
    public final @Nullable String remedy() {
        return remedy;
    }

    /** Returns the same failure, its unknown parts of the place taken from {@code outer}. */
    public abstract GlulamException within(Place outer);

    @Override
    public final String getMessage() {
        String where = place.toString();
        return (where.isEmpty() ? "" : where + ": ") + problem + (remedy == null ? "" : "; " + remedy);
    }
}
