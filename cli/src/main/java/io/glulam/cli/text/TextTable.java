package io.glulam.cli.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aligned columns of text. The first column is cut where the width does not suffice; a column whose heading begins with
 * {@code >} is flush right. Not thread-safe.
 */
public final class TextTable {
    private static final String GAP = "  ";
    private static final int NARROWEST = 8;

    private final boolean[] right;
    private final List<String[]> rows = new ArrayList<>();

    public TextTable(String... headings) {
        right = new boolean[headings.length];
        String[] first = new String[headings.length];
        for (int i = 0; i < headings.length; i++) {
            right[i] = headings[i].startsWith(">");
            first[i] = right[i] ? headings[i].substring(1) : headings[i];
        }
        rows.add(first);
    }

    /** Adds a row, one cell a column; control characters in it, which could drive the terminal, become escapes. */
    public void add(String... cells) {
        if (cells.length != right.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + right.length + " columns");
        }
        rows.add(Arrays.stream(cells).map(Texts::printable).toArray(String[]::new));
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, the headings first, each indented and, if at all possible, within {@code width} characters. */
    public List<String> lines(int indent, int width) {
        int[] widths = widths(width - indent);
        List<String> lines = new ArrayList<>(rows.size());
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(" ".repeat(indent));
            for (int i = 0; i < row.length; i++) {
                String cell = i == 0 ? Texts.cutMiddle(row[i], widths[i]) : row[i];
                String padding = " ".repeat(widths[i] - cell.length());
                line.append(i == 0 ? "" : GAP).append(right[i] ? padding + cell : cell + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int[] widths(int available) {
        int[] widths = new int[right.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        int others = GAP.length() * (widths.length - 1);
        for (int i = 1; i < widths.length; i++) {
            others += widths[i];
        }
        widths[0] = Math.max(Math.min(widths[0], NARROWEST), Math.min(widths[0], available - others));
        return widths;
    }
}
