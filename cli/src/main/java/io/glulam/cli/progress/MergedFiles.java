package io.glulam.cli.progress;

import io.glulam.ProgressListener.MergedOutput;
import io.glulam.cli.text.Glyphs;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Units;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The new files of a merge as lines on a terminal: the last few that are published, the one in work, and how many of the
 * inputs are merged. However many files there are, the lines are few. Not thread-safe.
 */
final class MergedFiles {
    /** Published files that are shown. */
    private static final int MAX_PUBLISHED = 3;

    private static final int MIN_NAME = 16;

    private final Glyphs glyphs;
    private final Deque<Line> published = new ArrayDeque<>();
    private @Nullable MergedOutput current;
    private long begunAt;
    private int inputs;
    private int inputsMerged;
    private int outputs;

    private record Line(String name, String facts) {}

    MergedFiles(Glyphs glyphs) {
        this.glyphs = glyphs;
    }

    /** @param all number of inputs of the merge */
    void inputs(int all) {
        inputs = all;
    }

    void begin(MergedOutput output, long nanos) {
        current = output;
        begunAt = nanos;
    }

    void publish(MergedOutput output, long bytes, long nanos) {
        current = null;
        outputs++;
        inputsMerged += output.completedInputs();
        if (published.size() == MAX_PUBLISHED) {
            published.removeFirst();
        }
        String sizes = Units.size(output.inputBytes()) + " " + glyphs.arrow() + " " + Units.size(bytes);
        String time = Texts.duration(Duration.ofNanos(nanos - begunAt));
        published.add(new Line(output.name(), Texts.count(output.inputs(), "file") + ", " + sizes + " in " + time));
    }

    /** Returns the lines, none of them longer than {@code width}; none before the first output. */
    List<String> lines(int width) {
        List<Line> shown = new ArrayList<>(published);
        MergedOutput output = current;
        if (output != null) {
            shown.add(new Line(
                    output.name(), Texts.count(output.inputs(), "file") + ", " + Units.size(output.inputBytes())));
        }
        if (shown.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(aligned(shown, width));
        if (output != null) {
            lines.add(Texts.cut(range(output, width), width));
        }
        lines.add(Texts.cut(
                Units.count(inputsMerged) + " of " + Texts.count(inputs, "file") + " merged into "
                        + Texts.count(outputs, "new file"),
                width));
        return lines;
    }

    private static List<String> aligned(List<Line> shown, int width) {
        int facts = shown.stream().mapToInt(line -> line.facts().length()).max().orElse(0);
        int room = Math.max(MIN_NAME, width - facts - 2);
        List<String> names = shown.stream()
                .map(line -> Texts.cutMiddle(Texts.printable(line.name()), room))
                .toList();
        int widest = names.stream().mapToInt(String::length).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String padding = " ".repeat(widest - name.length() + 2);
            lines.add(Texts.cut(name + padding + shown.get(i).facts(), width));
        }
        return lines;
    }

    /** The inputs of the output in work, from the first to the last. */
    private String range(MergedOutput output, int width) {
        String start = "  from ";
        if (output.inputs() == 1) {
            return start + name(output.firstInput(), width - start.length());
        }
        String middle = " to ";
        int room = (width - start.length() - middle.length()) / 2;
        return start + name(output.firstInput(), room) + middle + name(output.lastInput(), room);
    }

    private static String name(String name, int room) {
        return Texts.cutMiddle(Texts.printable(name), Math.max(MIN_NAME, room));
    }
}
