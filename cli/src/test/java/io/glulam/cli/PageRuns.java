package io.glulam.cli;

import java.io.IOException;
import java.nio.file.Path;

/** Runs {@code inspect --html} for tests of other packages. */
public final class PageRuns {
    private PageRuns() {}

    /** Writes a file of so many row groups, whose pages cannot be read. */
    public static Path manyRowGroups(Path file, int count) throws IOException {
        return ManyRowGroups.write(file, count, 117_000);
    }

    /** Writes the page of {@code file}; returns the exit code. */
    public static int write(Path file, Path page) {
        return Run.of("inspect", file, "--html", page, "--json").code();
    }
}
