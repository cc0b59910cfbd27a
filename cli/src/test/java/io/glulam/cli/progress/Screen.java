package io.glulam.cli.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows that was sent some text: it knows the few escape sequences of {@link LiveLines}. */
final class Screen {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\??)([0-9]*)([A-Za-z])");

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    /** Returns the lines, without blanks at their ends. */
    static List<String> after(String sent) {
        Screen screen = new Screen();
        Matcher sequence = SEQUENCE.matcher(sent);
        for (int i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) != '\u001b') {
                screen.put(sent.charAt(i));
            } else if (sequence.region(i, sent.length()).lookingAt()) {
                screen.obey(sequence);
                i = sequence.end() - 1;
            } else {
                throw new AssertionError("an unknown sequence at " + i);
            }
        }
        return screen.lines.stream()
                .map(line -> line.toString().stripTrailing())
                .toList();
    }

    private void put(char c) {
        if (c == '\r') {
            column = 0;
        } else if (c == '\n') {
            row++;
            if (row == lines.size()) {
                lines.add(new StringBuilder());
            }
        } else {
            StringBuilder line = lines.get(row);
            line.append(" ".repeat(Math.max(0, column + 1 - line.length())));
            line.setCharAt(column++, c);
        }
    }

    private void obey(Matcher sequence) {
        switch (sequence.group(1) + sequence.group(3)) {
            case "A" -> row -= Integer.parseInt(sequence.group(2));
            case "K" -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
            case "J" -> {
                lines.get(row).setLength(Math.min(column, lines.get(row).length()));
                lines.subList(row + 1, lines.size()).clear();
            }
            case "?l", "?h" -> {}
            default -> throw new AssertionError("an unknown sequence: " + sequence.group());
        }
    }
}
