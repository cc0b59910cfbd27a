package io.glulam.cli;

import java.nio.file.Path;

/** Runs {@code inspect --html} for tests of other packages. */
public final class PageRuns {
    private PageRuns() {}

    /** Writes the page of {@code file}; returns the exit code. */
    public static int write(Path file, Path page) {
        return Run.of("inspect", file, "--html", page, "--json").code();
    }
}
