package io.glulam.cli.progress;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document a line: at each beginning of a phase, and four times a second at most; and for each new file of a merge when
 * it is begun and when it is published. Not thread-safe.
 */
final class ProgressLines implements Progress {
    private static final long PAUSE_NANOS = 250_000_000;
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintStream out;
    private final LongSupplier nanos;
    private final Pace pace;
    private @Nullable Object toldPhase;
    private long toldAt;

    ProgressLines(Output output) {
        this(output.messages(), System::nanoTime);
    }

    ProgressLines(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.pace = new Pace(nanos);
    }

    @Override
    public void progress(Phase phase, long done, long total) {
        double seconds = pace.seconds(phase);
        if (!isDue(phase, done, total)) {
            return;
        }
        long rate = Pace.rate(done, seconds);
        print(json -> {
            json.writeStringField("phase", Texts.word(phase));
            json.writeNumberField("done_bytes", done);
            if (total > 0) {
                json.writeNumberField("total_bytes", total);
            }
            if (rate > 0) {
                json.writeNumberField("bytes_per_second", rate);
            }
            if (rate > 0 && total > 0) {
                json.writeNumberField(
                        "seconds_left", Pace.left(done, total, rate).toMillis() / 1000.0);
            }
        });
    }

    @Override
    public void files(int done, int total) {
        print(json -> {
            json.writeNumberField("done_files", done);
            json.writeNumberField("total_files", total);
        });
    }

    @Override
    public void footersRead(int done, int total) {
        files("read_files", done, total);
    }

    @Override
    public void outputBegun(MergedOutput output) {
        print(json -> {
            json.writeStringField("output", output.name());
            json.writeStringField("event", "begun");
            json.writeNumberField("input_files", output.inputs());
            json.writeNumberField("input_bytes", output.inputBytes());
            json.writeStringField("first_file", output.firstInput());
            json.writeStringField("last_file", output.lastInput());
        });
    }

    @Override
    public void outputPublished(MergedOutput output, long bytes) {
        print(json -> {
            json.writeStringField("output", output.name());
            json.writeStringField("event", "published");
            json.writeNumberField("bytes", bytes);
        });
    }

    @Override
    public void filesDeleted(int done, int total) {
        files("deleted_files", done, total);
    }

    private void files(String field, int done, int total) {
        if (isDue(field, done, total)) {
            print(json -> {
                json.writeNumberField(field, done);
                json.writeNumberField("total_files", total);
            });
        }
    }

    /** Whether another phase begins or ends, or the last document is old. */
    private boolean isDue(Object phase, long done, long total) {
        long now = nanos.getAsLong();
        if (phase.equals(toldPhase) && now - toldAt < PAUSE_NANOS && done < total) {
            return false;
        }
        toldPhase = phase;
        toldAt = now;
        return true;
    }

    /** The fields of a document. */
    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private void print(Fields fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println(line);
        out.flush();
    }

    @Override
    public void close() {}
}
