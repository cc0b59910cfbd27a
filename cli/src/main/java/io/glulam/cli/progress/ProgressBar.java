package io.glulam.cli.progress;

import io.glulam.cli.text.Glyphs;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A line on the terminal that says how far a run is, drawn over itself and gone in the end: the phase, its bytes, and after a
 * second the speed and the time that is left. A merge has lines of its new files above it. Not thread-safe.
 */
final class ProgressBar implements Progress {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int WIDEST_BAR = 40;
    private static final int NARROWEST_BAR = 4;
    private static final String READING = "Reading";
    private static final String DELETING = "Deleting";

    private final LiveLines screen;
    private final Glyphs glyphs;
    private final int width;
    private final LongSupplier nanos;
    private final Pace pace;
    private final MergedFiles merged;
    private @Nullable Object drawnPhase;
    private long drawnAt;

    ProgressBar(Output output) {
        this(output, System::nanoTime);
    }

    ProgressBar(Output output, LongSupplier nanos) {
        this.screen = new LiveLines(output.messages());
        this.glyphs = output.glyphs();
        this.width = output.width() - 1;
        this.nanos = nanos;
        this.pace = new Pace(nanos);
        this.merged = new MergedFiles(glyphs);
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        double seconds = pace.seconds(phase);
        if (!isDue(phase)) {
            return;
        }
        String name = name(phase);
        long rate = Pace.rate(done, seconds);
        draw(
                total <= 0
                        ? name
                        : bar(
                                name,
                                share(done, total),
                                Units.size(done) + " of " + Units.size(total),
                                rate == 0 ? "" : Units.size(rate) + "/s  " + left(done, total, rate)));
    }

    @Override
    public void files(int done, int total) {
        draw(Texts.count(done, "file") + " of " + Units.count(total) + " written");
    }

    @Override
    public void footersRead(int done, int total) {
        merged.inputs(total);
        files(READING, done, total);
    }

    @Override
    public void outputBegun(MergedOutput output) {
        merged.begin(output, nanos.getAsLong());
    }

    @Override
    public void outputPublished(MergedOutput output, long bytes) {
        merged.publish(output, bytes, nanos.getAsLong());
    }

    @Override
    public void filesDeleted(int done, int total) {
        files(DELETING, done, total);
    }

    private void files(String phase, int done, int total) {
        double seconds = pace.seconds(phase);
        if (isDue(phase)) {
            long rate = Pace.rate(done, seconds);
            String numbers = Units.count(done) + " of " + Texts.count(total, "file");
            draw(bar(phase, share(done, total), numbers, rate == 0 ? "" : left(done, total, rate)));
        }
    }

    /** Whether the terminal shows another phase, or what it shows is old. */
    private boolean isDue(Object phase) {
        long now = nanos.getAsLong();
        if (phase.equals(drawnPhase) && now - drawnAt < REDRAW_NANOS) {
            return false;
        }
        drawnPhase = phase;
        drawnAt = now;
        return true;
    }

    private void draw(String line) {
        List<String> lines = new ArrayList<>(merged.lines(width));
        lines.add(line);
        screen.draw(lines);
    }

    private static double share(long done, long total) {
        return Math.min(1, (double) done / Math.max(1, total));
    }

    private static String left(long done, long total, long rate) {
        return Texts.duration(Pace.left(done, total, rate)) + " left";
    }

    private String bar(String phase, double share, String amount, String speed) {
        String name = String.format(Locale.ROOT, "%-10s", phase);
        String numbers = String.format(Locale.ROOT, "%4d %%  %s", (int) (100 * share), amount);
        int room = width - name.length() - numbers.length();
        if (!speed.isEmpty() && room - speed.length() - 2 >= NARROWEST_BAR) {
            numbers += "  " + speed;
            room -= speed.length() + 2;
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

    @Override
    public void close() {
        screen.wipe();
    }
}
