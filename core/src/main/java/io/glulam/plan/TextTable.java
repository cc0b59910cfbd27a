package io.glulam.plan;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed with every column as wide as its widest cell. */
final class TextTable {
    private static final String GAP = "  ";

    private final boolean[] rightAligned;
    private final List<String[]> rows = new ArrayList<>();

    /** @param heads the columns' heads; a column is aligned to the right if its head begins with {@code >} */
    TextTable(String... heads) {
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

    void print(String indent, StringBuilder text) {
        int[] widths = new int[rightAligned.length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.length; i++) {
                String space = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : GAP).append(rightAligned[i] ? space + row[i] : row[i] + space);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
