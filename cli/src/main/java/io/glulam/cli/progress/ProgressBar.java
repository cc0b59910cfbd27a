package io.glulam.cli.progress;

import io.glulam.cli.text.Glyphs;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One line on the terminal that says how far a run is, drawn over itself and gone in the end: the phase, its bytes, and
 * after a second the speed and the time that is left. Not thread-safe.
 */
final class ProgressBar implements Progress {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDEST_BAR = 40;
    private static final int NARROWEST_BAR = 4;
    private static final String ERASE = "\r\u001b[K";

    private final PrintStream screen;
    private final Glyphs glyphs;
    private final int width;
    private final LongSupplier nanos;
    private final Pace pace;
    private @Nullable Phase drawnPhase;
    private long drawnAt;
    private boolean drawn;

    ProgressBar(Output output) {
        this(output, System::nanoTime);
    }

    ProgressBar(Output output, LongSupplier nanos) {
        this.screen = output.messages();
        this.glyphs = output.glyphs();
        this.width = output.width();
        this.nanos = nanos;
        this.pace = new Pace(nanos);
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        double seconds = pace.seconds(phase);
        long now = nanos.getAsLong();
        if (phase == drawnPhase && now - drawnAt < REDRAW_NANOS) {
            return;
        }
        drawnPhase = phase;
        drawnAt = now;
        draw(line(phase, done, total, Pace.rate(done, seconds)));
    }

    @Override
    public void files(int done, int total) {
        draw(Texts.count(done, "file") + " of " + Units.count(total) + " written");
    }

    private void draw(String line) {
        drawn = true;
        screen.print(ERASE + line);
        screen.flush();
    }

    private String line(Phase phase, long done, long total, long rate) {
        String name = String.format(Locale.ROOT, "%-10s", name(phase));
        if (total <= 0) {
            return name;
        }
        double share = Math.min(1, (double) done / total);
        String numbers = String.format(
                Locale.ROOT, "%4d %%  %s of %s", (int) (100 * share), Units.size(done), Units.size(total));
        String speed = rate == 0
                ? ""
                : "  " + Units.size(rate) + "/s  " + Texts.duration(Pace.left(done, total, rate)) + " left";
        int room = width - 1 - name.length() - numbers.length();
        if (room - speed.length() >= NARROWEST_BAR) {
            numbers += speed;
            room -= speed.length();
        }
        int cells = Math.min(WIDEST_BAR, room);
        if (cells < NARROWEST_BAR) {
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
        if (drawn) {
            screen.print(ERASE);
            screen.flush();
        }
    }
}
