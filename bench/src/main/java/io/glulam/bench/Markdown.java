package io.glulam.bench;

import java.io.PrintStream;

/** A section's text, printed part by part while it grows: what was measured is not lost with what comes later. */
final class Markdown {
    private final PrintStream out;
    private final StringBuilder text = new StringBuilder();

    Markdown(PrintStream out) {
        this.out = out;
    }

    void add(String part) {
        text.append(part);
        out.print(part);
        out.flush();
    }

    String text() {
        return text.toString();
    }
}
