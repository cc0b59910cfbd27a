package io.glulam.cli.compact;

import io.glulam.ProgressListener;
import io.glulam.cli.text.Glyphs;
import io.glulam.cli.text.Output;
import io.glulam.plan.Units;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line on the terminal that says how far a run is, drawn over itself and gone in the end. Not thread-safe. */
public final class ProgressBar implements ProgressListener, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDEST_BAR = 40;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream screen;
    private final Glyphs glyphs;
    private final int width;
    private @Nullable Phase drawnPhase;
    private long drawnAt;

    private ProgressBar(Output output) {
        this.screen = output.messages();
        this.glyphs = output.glyphs();
        this.width = output.width();
    }

    /** A bar where standard error is a terminal; null elsewhere. */
    public static @Nullable ProgressBar on(Output output) {
        return output.terminal().messages() ? new ProgressBar(output) : null;
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        long now = System.nanoTime();
        if (phase == drawnPhase && now - drawnAt < REDRAW_NANOS) {
            return;
        }
        drawnPhase = phase;
        drawnAt = now;
        screen.print(ERASE + line(phase, done, total));
        screen.flush();
    }

    private String line(Phase phase, long done, long total) {
        String name = String.format(Locale.ROOT, "%-10s", name(phase));
        if (total <= 0) {
            return name;
        }
        double share = Math.min(1, (double) done / total);
        String numbers = String.format(
                Locale.ROOT, "%4d %%  %s of %s", (int) (100 * share), Units.size(done), Units.size(total));
        int cells = Math.min(WIDEST_BAR, width - 1 - name.length() - numbers.length());
        if (cells < 4) {
            return name + numbers;
        }
        String bar = glyphs.bar(share, cells);
        return name + bar + " ".repeat(cells - bar.length()) + numbers;
    }

    private static String name(Phase phase) {
        return switch (phase) {
            case PLAN -> "Planning";
            case MOVE -> "Moving";
            case VERIFY -> "Verifying";
            case PUBLISH -> "Publishing";
        };
    }

    /** Wipes the line. */
    @Override
    public void close() {
        if (drawnPhase != null) {
            screen.print(ERASE);
            screen.flush();
        }
    }
}
