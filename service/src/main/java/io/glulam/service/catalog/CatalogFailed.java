package io.glulam.service.catalog;

import org.jspecify.annotations.Nullable;

/** The catalog cannot be reached, or refuses. The message is for people and holds no secret. */
public final class CatalogFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;
    private final boolean retryable;

    public CatalogFailed(String problem, String remedy, boolean retryable, @Nullable Throwable cause) {
        super(problem, cause);
        this.remedy = remedy;
        this.retryable = retryable;
    }

    /** Returns the remedy. */
    public String remedy() {
        return remedy;
    }

    /** Whether the same request may succeed later. */
    public boolean retryable() {
        return retryable;
    }
}
