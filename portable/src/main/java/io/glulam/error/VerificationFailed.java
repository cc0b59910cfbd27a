package io.glulam.error;

import org.jspecify.annotations.Nullable;

/** The output is not what it must be: a fault of this program or of the machine. Nothing was published. */
public final class VerificationFailed extends GlulamException {
    private static final long serialVersionUID = 1L;

    private static final String REMEDY = "nothing was published, the source is whole; please report this";

    /** @param problem what was expected and what was found */
    public VerificationFailed(Place place, String problem) {
        this(place, problem, null);
    }

    private VerificationFailed(Place place, String problem, @Nullable Throwable cause) {
        super(place, problem, REMEDY, cause);
    }

    @Override
    public VerificationFailed within(Place outer) {
        VerificationFailed located = new VerificationFailed(place().within(outer), problem(), getCause());
        located.setStackTrace(getStackTrace());
        return located;
    }
}
