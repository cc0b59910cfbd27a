package io.glulam.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.cli.text.JsonOutput;
import io.glulam.cli.text.Output;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints documents for machines: one a line, in UTF-8, whatever the locale. */
final class Json {
    private Json() {}

    /** Writes the fields of one document. */
    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** Prints one document to standard output. */
    static void print(Output output, Body body) {
        try (JsonGenerator json = JsonOutput.of(output)) {
            body.write(json);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
