package io.glulam.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import java.io.IOException;

/** Tells machines what went wrong with a file: the document in the place of its result. */
final class FailureJson {
    private FailureJson() {}

    static void write(JsonGenerator json, String file, GlulamException failure) throws IOException {
        Place place = failure.place();
        json.writeStartObject();
        json.writeStringField("file", file);
        json.writeObjectFieldStart("error");
        json.writeStringField("kind", failure.getClass().getSimpleName());
        json.writeNumberField("exit_code", ExitCode.of(failure).code());
        json.writeStringField("message", failure.problem());
        json.writeStringField("remedy", Remedies.of(failure));
        writeUnlessNegative(json, "row_group", place.rowGroup());
        json.writeStringField("column", place.column());
        writeUnlessNegative(json, "offset", place.offset());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeUnlessNegative(JsonGenerator json, String field, long value) throws IOException {
        if (value < 0) {
            json.writeNullField(field);
        } else {
            json.writeNumberField(field, value);
        }
    }
}
