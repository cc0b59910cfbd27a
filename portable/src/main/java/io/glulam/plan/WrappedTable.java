package io.glulam.plan;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed with every column as wide as its widest cell where the width suffices. */
final class WrappedTable {
    private static final String GAP = "  ";
    private static final int NARROWEST = 24;

    private final boolean[] rightAligned;
    private final List<String[]> rows = new ArrayList<>();

    /** @param heads the columns' heads; a column is aligned to the right if its head begins with {@code >} */
    WrappedTable(String... heads) {
        rightAligned = new boolean[heads.length];
        String[] cells = new String[heads.length];
        for (int i = 0; i < heads.length; i++) {
            rightAligned[i] = heads[i].startsWith(">");
            cells[i] = rightAligned[i] ? heads[i].substring(1) : heads[i];
        }
        rows.add(cells);
    }

    void add(String... cells) {
        rows.add(cells);
    }

    /**
     * Prints the table within {@code width} characters as far as that goes: columns without a number are left out, and
     * the last column is broken into lines if it is aligned to the left.
     */
    void print(StringBuilder text, int width) {
        int[] widths = widths();
        if (total(widths) > width) {
            hideDashes(widths);
        }
        int last = widths.length - 1;
        int excess = total(widths) - width;
        if (excess > 0 && !rightAligned[last]) {
            widths[last] = Math.max(Math.min(widths[last], NARROWEST), widths[last] - excess);
        }
        for (String[] row : rows) {
            List<String> pieces = rightAligned[last] ? List.of(row[last]) : broken(row[last], widths[last]);
            for (int i = 0; i < pieces.size(); i++) {
                text.append(line(row, i == 0, pieces.get(i), widths)).append('\n');
            }
        }
    }

    private int[] widths() {
        int[] widths = new int[rightAligned.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        return widths;
    }

    private static int total(int[] widths) {
        int total = 0;
        for (int width : widths) {
            total += width == 0 ? 0 : width + GAP.length();
        }
        return total - GAP.length();
    }

    private void hideDashes(int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            if (rows.stream().skip(1).allMatch(row -> row[column].equals("-"))) {
                widths[i] = 0;
            }
        }
    }

    private String line(String[] row, boolean first, String last, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            if (widths[i] == 0) {
                continue;
            }
            String cell = i == row.length - 1 ? last : first ? row[i] : "";
            String space = " ".repeat(widths[i] - cell.length());
            line.append(line.isEmpty() ? "" : GAP).append(rightAligned[i] ? space + cell : cell + space);
        }
        return line.toString().stripTrailing();
    }

    /** {@code text} in pieces of at most {@code width} characters, broken at spaces; a longer word is cut. */
    private static List<String> broken(String text, int width) {
        List<String> pieces = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            pieces.add(rest.substring(0, space > 0 ? space : width));
            rest = rest.substring(space > 0 ? space + 1 : width);
        }
        pieces.add(rest);
        return pieces;
    }
}
