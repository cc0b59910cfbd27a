package io.glulam.cli.compact;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import java.io.IOException;

/** Tells machines what was, or will be, asked of stores. */
public final class TrafficJson {
    private TrafficJson() {}

    /** Writes the field; its value is null for none. */
    public static void write(JsonGenerator json, String field, Traffic traffic) throws IOException {
        if (traffic.requests().isEmpty()) {
            json.writeNullField(field);
            return;
        }
        json.writeObjectFieldStart(field);
        json.writeNumberField("bytes_downloaded", traffic.downloaded());
        json.writeNumberField("bytes_uploaded", traffic.uploaded());
        json.writeNumberField("bytes_copied", traffic.copied());
        json.writeObjectFieldStart("requests");
        for (RequestKind kind : RequestKind.values()) {
            if (traffic.count(kind) > 0) {
                json.writeNumberField(kind.name(), traffic.count(kind));
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
