package io.glulam.service.database;

import java.sql.SQLException;

/** A database could not do what it was asked. The message holds no secret. */
public final class DatabaseFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseFailed(String problem, Throwable cause) {
        super(problem + ": " + reason(cause), cause);
    }

    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    /** The SQL state that the database named; empty if it named none. */
    public String state() {
        return getCause() instanceof SQLException cause && cause.getSQLState() != null ? cause.getSQLState() : "";
    }
}
