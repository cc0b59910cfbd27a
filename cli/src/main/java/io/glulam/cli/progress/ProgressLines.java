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

/** A JSON document a line: at each beginning of a phase, and four times a second at most. Not thread-safe. */
final class ProgressLines implements Progress {
    private static final long PAUSE_NANOS = 250_000_000;
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintStream out;
    private final LongSupplier nanos;
    private final Pace pace;
    private @Nullable Phase toldPhase;
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
        long now = nanos.getAsLong();
        if (phase == toldPhase && now - toldAt < PAUSE_NANOS && done < total) {
            return;
        }
        toldPhase = phase;
        toldAt = now;
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
