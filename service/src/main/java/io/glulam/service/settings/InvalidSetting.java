package io.glulam.service.settings;

import org.jspecify.annotations.Nullable;

/** A setting that cannot be. The message names it and repeats no secret. */
public final class InvalidSetting extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InvalidSetting(String setting, String problem) {
        this(setting, problem, null);
    }

    public InvalidSetting(String setting, String problem, @Nullable Throwable cause) {
        super("--" + setting + ": " + problem, cause);
    }
}
