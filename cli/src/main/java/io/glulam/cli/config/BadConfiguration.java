package io.glulam.cli.config;

import java.io.Serial;

/** The configuration cannot be used; the message names the line or the variable, and the reason. */
public final class BadConfiguration extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    BadConfiguration(String message) {
        super(message);
    }
}
