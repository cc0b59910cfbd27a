package io.glulam.tables.planning;

/**
 * A literal of a filter.
 *
 * @param kind what the filter's text calls it
 * @param text without quotes; {@code true} or {@code false} for a boolean
 */
public record FilterLiteral(Kind kind, String text) {
    /** Returns the name of a literal in a filter's text. */
    public enum Kind {
        TEXT,
        NUMBER,
        DATE,
        TIMESTAMP,
        BOOLEAN
    }
}
