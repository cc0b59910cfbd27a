package io.glulam.cli.rows;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.cli.text.JsonOutput;
import io.glulam.cli.text.Output;
import io.glulam.format.SchemaNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows as JSON objects, one a line, in UTF-8. */
public final class JsonRows implements RowPrinter {
    private final List<SchemaNode> columns;
    private final JsonGenerator json;

    public JsonRows(Output output, List<SchemaNode> columns) {
        this.columns = columns;
        try {
            json = JsonOutput.of(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.setRootValueSeparator(null);
    }

    @Override
    public void print(@Nullable Object[] row) {
        try {
            JsonValues.writeFields(json, columns, row);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finish() {
        try {
            json.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
