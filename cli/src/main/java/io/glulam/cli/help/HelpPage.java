package io.glulam.cli.help;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Text in lines of a width, with headings and entries. Not thread-safe. */
final class HelpPage {
    private static final int INDENT = 2;
    private static final int NARROWEST_NAME = 8;
    private static final int WIDEST_NAME = 26;

    private final StringBuilder text = new StringBuilder();
    private final int width;
    private final Ansi colors;

    HelpPage(int width, Ansi colors) {
        this.width = width;
        this.colors = colors;
    }

    void blank() {
        text.append('\n');
    }

    void heading(String title) {
        blank();
        text.append(bold(title)).append('\n');
    }

    /** A sentence or more. */
    void paragraph(String sentence) {
        wrapped(sentence, width).forEach(line -> text.append(line).append('\n'));
    }

    /** A line that is not wrapped, since people copy it. */
    void line(String words) {
        text.append(" ".repeat(INDENT)).append(words).append('\n');
    }

    /** Names and what each is, in two columns; the first is as wide as most of them need. */
    void entries(Map<String, String> abouts) {
        int name = NARROWEST_NAME;
        for (String each : abouts.keySet()) {
            name = each.length() <= WIDEST_NAME ? Math.max(name, each.length()) : name;
        }
        int names = name;
        abouts.forEach((each, about) -> entry(each, about, names));
    }

    private void entry(String name, String about, int names) {
        int column = INDENT + names + 2;
        List<String> lines = wrapped(about, width - column);
        text.append(" ".repeat(INDENT)).append(bold(name));
        if (name.length() > names) {
            text.append('\n').append(" ".repeat(column));
        } else {
            text.append(" ".repeat(column - INDENT - name.length()));
        }
        text.append(String.join("\n" + " ".repeat(column), lines)).append('\n');
    }

    private String bold(String words) {
        return colors.enabled() ? "\u001b[1m" + words + "\u001b[0m" : words;
    }

    private static List<String> wrapped(String sentence, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" +", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** All of it. */
    String text() {
        return text.toString();
    }
}
