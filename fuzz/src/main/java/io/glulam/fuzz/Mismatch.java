package io.glulam.fuzz;

/** What an oracle found: something came out that must not. */
public final class Mismatch extends AssertionError {
    private static final long serialVersionUID = 1L;

    public Mismatch(String message) {
        super(message);
    }
}
