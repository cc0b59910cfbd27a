package io.glulam.cli.progress;

import io.glulam.ProgressListener;
import io.glulam.cli.text.Output;

/** Shows how far a run is. Not thread-safe. */
public interface Progress extends ProgressListener, AutoCloseable {
    /** How it is shown. */
    enum Form {
        /** Some lines on a terminal; nothing elsewhere. */
        AUTO,
        /** Not at all. */
        NONE,
        /** A JSON document a line, on standard error. */
        JSON
    }

    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void progress(Phase phase, long done, long total) {}

        @Override
        public void files(int done, int total) {}

        @Override
        public void close() {}
    };

    /** Shows it in {@code form} on standard error. */
    static Progress on(Output output, Form form) {
        return switch (form) {
            case NONE -> NONE;
            case JSON -> new ProgressLines(output);
            case AUTO -> output.terminal().messages() ? new ProgressBar(output) : NONE;
        };
    }

    /** Says how many files of a table are written. */
    void files(int done, int total);

    /** Ends it; nothing of it stays on a terminal. */
    @Override
    void close();
}
