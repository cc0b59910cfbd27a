package io.glulam.cli.rows;

import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.format.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as aligned columns. A cell is cut to {@value #WIDEST} characters; columns beyond the width of the terminal are
 * counted instead of printed. Keeps the cells of all rows until the end.
 */
public final class TableRows implements RowPrinter {
    /** Rows that a table has at most. */
    public static final int MAX_ROWS = 10_000;

    private static final int WIDEST = 40;
    private static final String GAP = "  ";
    private static final String NULL = "null";

    private final Output output;
    private final List<SchemaNode> columns;
    private final List<String[]> lines = new ArrayList<>();
    private final boolean[] right;

    public TableRows(Output output, List<SchemaNode> columns) {
        this.output = output;
        this.columns = columns;
        this.right = new boolean[columns.size()];
        lines.add(columns.stream().map(column -> cell(column.name())).toArray(String[]::new));
    }

    @Override
    public void print(@Nullable Object[] row) {
        String[] cells = new String[row.length];
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            cells[i] = value == null ? NULL : cell(ValueText.of(columns.get(i), value));
            right[i] |= ValueText.isNumber(value);
        }
        lines.add(cells);
    }

    private static String cell(String text) {
        return Texts.cut(Texts.printable(Texts.cut(text, 4 * WIDEST)), WIDEST);
    }

    @Override
    public void finish() {
        int[] widths = new int[columns.size()];
        for (String[] line : lines) {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        int shown = shown(widths);
        lines.forEach(line -> output.line(joined(line, widths, shown)));
        if (shown < widths.length) {
            int more = widths.length - shown;
            output.line();
            output.line("and " + more + (more == 1 ? " more column" : " more columns")
                    + ": --columns chooses, --format json or csv prints all.");
        }
    }

    /** Number of columns that fit, at least one. */
    private int shown(int[] widths) {
        int used = 0;
        for (int i = 0; i < widths.length; i++) {
            used += widths[i] + (i == 0 ? 0 : GAP.length());
            if (used > output.width() && i > 0) {
                return i;
            }
        }
        return widths.length;
    }

    private String joined(String[] cells, int[] widths, int shown) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            String padding = " ".repeat(widths[i] - cells[i].length());
            line.append(i == 0 ? "" : GAP).append(right[i] ? padding + cells[i] : cells[i] + padding);
        }
        return line.toString().stripTrailing();
    }
}
