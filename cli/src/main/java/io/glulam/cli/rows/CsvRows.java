package io.glulam.cli.rows;

import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.format.SchemaNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lines of comma-separated values (RFC 4180, but for line ends of one character), in UTF-8. A null is an empty
 * cell, an empty text a quoted one. On a terminal, which control characters could drive, they are printed as escapes.
 */
public final class CsvRows implements RowPrinter {
    private final List<SchemaNode> columns;
    private final OutputStream out;
    private final boolean escaping;
    private final StringBuilder line = new StringBuilder();

    /** Prints the line of names. */
    public CsvRows(Output output, List<SchemaNode> columns) {
        this.columns = columns;
        this.out = output.resultBytes();
        this.escaping = output.terminal().results();
        columns.forEach(column -> append(column.name()));
        endLine();
    }

    @Override
    public void print(@Nullable Object[] row) {
        for (int i = 0; i < row.length; i++) {
            Object value = row[i];
            append(value == null ? null : ValueText.of(columns.get(i), value));
        }
        endLine();
    }

    private void append(@Nullable String text) {
        if (text != null) {
            String cell = escaping ? Texts.printable(text) : text;
            boolean quoted =
                    cell.isEmpty() || cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            line.append(quoted ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        line.append(',');
    }

    private void endLine() {
        line.setCharAt(line.length() - 1, '\n');
        try {
            out.write(line.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.setLength(0);
    }

    @Override
    public void finish() {}
}
