package io.glulam.cli.config;

import java.io.Serial;

/** What is set once cannot be used; the message says where and why. */
public final class BadConfiguration extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    BadConfiguration(String message) {
        super(message);
    }
}
