package io.glulam.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * Who writes to a folder, and until when.
 *
 * @param owner names one run
 * @param expires from when on another run may take over; the epoch once the owner has ended
 * @param fence grows with every lease of the folder
 */
record LeaseRecord(String owner, Instant expires, long fence) {
    private static final String FORMAT = "glulam-lease";

    /** Returns the same with another end. */
    LeaseRecord until(Instant end) {
        return new LeaseRecord(owner, end, fence);
    }

    void write(OutputStream bytes) {
        try (JsonGenerator json =
                ManifestJson.FACTORY.createGenerator(bytes).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", ManifestJson.VERSION);
            json.writeStringField("owner", owner);
            json.writeNumberField("expires", expires.toEpochMilli());
            json.writeNumberField("fence", fence);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws io.glulam.error.CorruptFile if it is no lease */
    static LeaseRecord fromJson(String name, InputStream document) {
        try (JsonParser parser = ManifestJson.FACTORY.createParser(document)) {
            JsonFields json = new JsonFields(parser);
            json.start();
            if (!json.text("format").equals(FORMAT) || json.number("version") != ManifestJson.VERSION) {
                throw new IllegalArgumentException("its format is another one");
            }
            String owner = json.text("owner");
            Instant expires = Instant.ofEpochMilli(json.number("expires"));
            long fence = json.number("fence");
            json.end();
            return new LeaseRecord(owner, expires, fence);
        } catch (JsonProcessingException e) {
            throw ManifestJson.corrupt(name, "it is cut off or no JSON", e);
        } catch (IllegalArgumentException e) {
            throw ManifestJson.corrupt(name, e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
