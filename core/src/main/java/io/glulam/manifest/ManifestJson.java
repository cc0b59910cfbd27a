package io.glulam.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of a manifest as an object: one JSON document. A manifest that is read is a claim: whatever is not exactly as it
 * would be written is refused.
 */
public final class ManifestJson {
    static final String FORMAT = "glulam-merge";
    static final int VERSION = 1;
    private static final int MAX_TEXT = 8192;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_TEXT)
                    .maxNestingDepth(8)
                    .build())
            .build();

    private ManifestJson() {}

    /** Writes the document; {@code bytes} stays open. */
    public static void write(Manifest manifest, OutputStream bytes) {
        try (JsonGenerator json = FACTORY.createGenerator(bytes).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            new Writing(json).write(manifest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a document.
     *
     * @param name of the object, for messages
     * @throws CorruptFile if it is none
     * @throws Unsupported if a newer version wrote it
     */
    public static Manifest read(String name, InputStream document) {
        try (JsonParser json = FACTORY.createParser(document)) {
            return new Reading(name, new JsonFields(json)).manifest();
        } catch (JsonProcessingException e) {
            throw corrupt(name, "it is cut off or no JSON", e);
        } catch (IllegalArgumentException e) {
            throw corrupt(name, e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CorruptFile corrupt(String name, @Nullable String problem, Exception cause) {
        return new CorruptFile(
                Place.of(name),
                "not a manifest of a merge: " + problem,
                "merge into a new folder; this one is left as it is",
                cause);
    }

    private record Writing(JsonGenerator json) {
        void write(Manifest manifest) throws IOException {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeNumberField("fence", manifest.fence());
            json.writeArrayFieldStart("outputs");
            for (RecordedOutput output : manifest.outputs().values()) {
                json.writeStartObject();
                writeOutput(output);
                json.writeEndObject();
            }
            json.writeEndArray();
            writeInputs(manifest.inputs().values());
            json.writeArrayFieldStart("pending");
            Intent pending = manifest.pending();
            if (pending != null) {
                json.writeStartObject();
                writeOutput(pending.output());
                writeInputs(pending.inputs().values());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeJournal(manifest.journal());
            json.writeEndObject();
        }

        private void writeJournal(@Nullable Journal journal) throws IOException {
            json.writeArrayFieldStart("journal");
            if (journal != null) {
                json.writeStartObject();
                json.writeNumberField("fence", journal.fence());
                json.writeStringField("keep", journal.keep());
                json.writeArrayFieldStart("files");
                for (String file : journal.files()) {
                    json.writeString(file);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        }

        private void writeOutput(RecordedOutput output) throws IOException {
            json.writeStringField("name", output.name());
            json.writeNumberField("size", output.size());
            json.writeStringField("version", output.version());
            json.writeStringField("digest", output.digest());
        }

        private void writeInputs(Iterable<RecordedInput> inputs) throws IOException {
            json.writeArrayFieldStart("inputs");
            for (RecordedInput input : inputs) {
                json.writeStartObject();
                json.writeStringField("name", input.name());
                json.writeNumberField("size", input.size());
                json.writeStringField("version", input.version());
                json.writeNumberField("row_groups", input.rowGroups());
                json.writeBooleanField("whole", input.whole());
                json.writeNumberField("kept", input.kept());
                json.writeArrayFieldStart("outputs");
                for (String output : input.outputs()) {
                    json.writeString(output);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private record Reading(String name, JsonFields json) {
        Manifest manifest() throws IOException {
            json.start();
            if (!json.text("format").equals(FORMAT)) {
                throw new IllegalArgumentException("its format is another one");
            }
            if (json.number("version") != VERSION) {
                throw new Unsupported(
                        Place.of(name), "its version is newer than this program", "use the program that wrote it");
            }
            long fence = json.number("fence");
            Map<String, RecordedOutput> outputs = new LinkedHashMap<>();
            json.each("outputs", () -> addOnce(outputs, output()));
            InputTable inputs = inputs();
            List<Intent> pending = new ArrayList<>();
            json.each("pending", () -> pending.add(new Intent(output(), inputs())));
            List<Journal> journals = new ArrayList<>();
            json.each(
                    "journal",
                    () -> journals.add(new Journal(json.number("fence"), json.text("keep"), json.texts("files"))));
            json.end();
            return new Manifest(fence, outputs, inputs, only(pending), only(journals));
        }

        private static <T> @Nullable T only(List<T> elements) {
            if (elements.size() > 1) {
                throw new IllegalArgumentException(
                        "more than one output is pending, or more than one journal is there");
            }
            return elements.isEmpty() ? null : elements.get(0);
        }

        private static void addOnce(Map<String, RecordedOutput> outputs, RecordedOutput output) {
            if (outputs.put(output.name(), output) != null) {
                throw new IllegalArgumentException("an output stands twice");
            }
        }

        private RecordedOutput output() throws IOException {
            return new RecordedOutput(
                    OutputName.checked(json.text("name")),
                    json.number("size"),
                    json.text("version"),
                    json.text("digest"));
        }

        private InputTable inputs() throws IOException {
            InputTable.Builder inputs = new InputTable.Builder();
            json.each("inputs", () -> {
                if (!inputs.put(input())) {
                    throw new IllegalArgumentException("an input stands twice");
                }
            });
            return inputs.build();
        }

        private RecordedInput input() throws IOException {
            String input = json.text("name");
            long size = json.number("size");
            String version = json.text("version");
            int rowGroups = (int) Math.min(Integer.MAX_VALUE, json.number("row_groups"));
            boolean whole = json.flag("whole");
            long kept = json.number("kept");
            List<String> outputs = new ArrayList<>(1);
            for (String output : json.texts("outputs")) {
                outputs.add(OutputName.checked(output));
            }
            return new RecordedInput(input, size, version, rowGroups, whole, kept, outputs);
        }
    }
}
