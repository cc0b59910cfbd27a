package io.glulam.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.glulam.error.CorruptFile;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.format.Encoding;
import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads and writes plans as JSON. Every plan has exactly one form without white space, whose hash identifies it;
 * reading wants the fields in the order in which they are written, and all of them.
 */
public final class PlanJson {
    /** The version of the form. It changes with any change of the form. */
    static final int VERSION = 2;

    /** Longest plan that is read; enough for half a million row groups. */
    static final int MAX_BYTES = 32 << 20;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_BYTES)
                    .maxNestingDepth(8)
                    .maxNumberLength(20)
                    .maxNameLength(64)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    /** The field that lists the aids of the source that the new file will leave out. */
    static final String LOSSES = "losses";

    /** Stands for no encoding of indices. */
    static final String NONE = "NONE";

    private PlanJson() {}

    /** Returns the plan in its one form. */
    public static byte[] write(Plan plan) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(plan, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes the plan in its one form, and leaves the stream open. */
    public static void write(Plan plan, OutputStream target) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(target).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            write(plan, json);
        }
    }

    /**
     * Writes the plan as {@link #write(Plan, OutputStream)} does and, where there are any, which aids of the source the new
     * file will leave out, which is no part of the plan: {@link #read} passes over it.
     *
     * @param losses sentences for people
     */
    public static void write(Plan plan, List<String> losses, JsonGenerator json) throws IOException {
        writeFields(plan, json);
        if (!losses.isEmpty()) {
            json.writeArrayFieldStart(LOSSES);
            for (String loss : losses) {
                json.writeString(loss);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Writes the plan as the next value of a larger document. */
    public static void write(Plan plan, JsonGenerator json) throws IOException {
        write(plan, List.of(), json);
    }

    private static void writeFields(Plan plan, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeObjectFieldStart("source");
        json.writeStringField("name", plan.source().name());
        json.writeNumberField("size", plan.source().size());
        json.writeStringField("version", plan.source().version());
        json.writeEndObject();
        json.writeObjectFieldStart("settings");
        Settings.write(plan.settings(), new Fields(json));
        json.writeEndObject();
        json.writeArrayFieldStart("columns");
        for (String column : plan.columns()) {
            json.writeString(column);
        }
        json.writeEndArray();
        json.writeNumberField("row_groups", plan.sourceRowGroups());
        json.writeFieldName("dropped");
        write(plan.dropped(), json);
        json.writeArrayFieldStart("groups");
        for (OutputGroup group : plan.groups()) {
            write(group, json);
        }
        json.writeEndArray();
    }

    /**
     * Reads a plan. Every count and number in it is checked.
     *
     * @param name what the plan is called in errors
     * @throws CorruptFile if it is not a plan
     * @throws Unsupported if it is one of another version of this form
     * @throws StorageFailed if the stream fails
     */
    public static Plan read(String name, InputStream source) {
        return PlanReader.read(name, source);
    }

    /** As {@link #read(String, InputStream)}. */
    public static Plan read(String name, byte[] source) {
        return read(name, new ByteArrayInputStream(source));
    }

    /** Writes the fields of an object that was begun. */
    private record Fields(JsonGenerator json) implements PlanFields.Writer {
        @Override
        public void text(String key, String value) throws IOException {
            json.writeStringField(key, value);
        }

        @Override
        public void number(String key, long value) throws IOException {
            json.writeNumberField(key, value);
        }

        @Override
        public void flag(String key, boolean value) throws IOException {
            json.writeBooleanField(key, value);
        }

        @Override
        public void list(String key, List<String> values) throws IOException {
            json.writeArrayFieldStart(key);
            for (String value : values) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
    }

    private static void write(OutputGroup group, JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (group instanceof KeptGroup kept) {
            json.writeNumberField("keep", kept.rowGroup());
            json.writeStringField("reason", kept.reason().name());
        } else {
            json.writeFieldName("merge");
            write(group.sources(), json);
        }
        json.writeNumberField("rows", group.rows());
        json.writeNumberField("bytes", group.sourceBytes());
        if (group instanceof MergedGroup merged) {
            json.writeArrayFieldStart("columns");
            for (ColumnPlan column : merged.columns()) {
                write(column, json);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void write(ColumnPlan column, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("tier", column.tier().name());
        json.writeStringField("reason", column.reason().name());
        json.writeNumberField("moved", column.bytesMoved());
        json.writeNumberField("remapped", column.bytesRemapped());
        json.writeNumberField("coalesced", column.bytesCoalesced());
        json.writeNumberField("recoded", column.bytesRecoded());
        json.writeNumberField("expected", column.expectedBytes());
        Recoding recoding = column.recoding();
        if (recoding != null) {
            json.writeStringField("values", recoding.values().name());
            Encoding indices = recoding.indices();
            json.writeStringField("indices", indices == null ? NONE : indices.name());
        }
        Sample sample = column.sample();
        if (sample != null) {
            json.writeObjectFieldStart("sample");
            json.writeNumberField("windows", sample.windows());
            json.writeNumberField("values", sample.values());
            json.writeNumberField("bytes", sample.bytes());
            json.writeNumberField("distinct", sample.distinct());
            json.writeNumberField("cheapest", sample.cheapest());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void write(RowGroups sources, JsonGenerator json) throws IOException {
        json.writeStartArray();
        for (int range = 0; range < sources.ranges(); range++) {
            json.writeStartArray();
            json.writeNumber(sources.rangeFirst(range));
            json.writeNumber(sources.rangeLast(range));
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
