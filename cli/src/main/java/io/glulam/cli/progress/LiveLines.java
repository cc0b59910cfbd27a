package io.glulam.cli.progress;

import java.io.PrintStream;
import java.util.List;

/** Lines at the end of a terminal that are drawn over themselves, and gone in the end. Not thread-safe. */
final class LiveLines {
    private static final String ERASE_LINE = "\u001b[K";
    private static final String ERASE_BELOW = "\u001b[J";
    /** Characters of two cells make a line longer than its count says, and a line that wraps would be drawn over wrongly. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream screen;
    private int drawn;

    LiveLines(PrintStream screen) {
        this.screen = screen;
    }

    /** @param lines at least one */
    void draw(List<String> lines) {
        StringBuilder text = new StringBuilder(NO_WRAP).append(toFirst());
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == 0 ? "\r" : "\n\r").append(ERASE_LINE).append(lines.get(i));
        }
        if (drawn > lines.size()) {
            text.append(ERASE_BELOW);
        }
        drawn = lines.size();
        screen.print(text.append(WRAP));
        screen.flush();
    }

    /** Wipes the lines. */
    void wipe() {
        if (drawn > 0) {
            screen.print(toFirst() + "\r" + ERASE_BELOW);
            screen.flush();
            drawn = 0;
        }
    }

    private String toFirst() {
        return drawn > 1 ? "\u001b[" + (drawn - 1) + "A" : "";
    }
}
