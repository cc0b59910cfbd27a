package io.glulam.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.cli.progress.Progress;
import io.glulam.cli.text.Color;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.compare.Difference;
import io.glulam.storage.ObjectRef;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Compares two files and says what came out. */
final class Verification {
    private final Output out;
    private final CompactionOptions options;

    Verification(Output out, CompactionOptions options) {
        this.out = out;
        this.options = options;
    }

    /** Tells people. */
    ExitCode print(ObjectRef left, ObjectRef right) {
        long start = System.nanoTime();
        Difference found = compare(left, right);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (found == null) {
            out.line(out.paint(Color.GOOD, "Equal") + ": every value, null and level, schema and key-value metadata ("
                    + Texts.duration(took) + ").");
            return ExitCode.DONE;
        }
        out.line(out.paint(Color.BAD, "Different") + ": " + Texts.printable(found.toString()));
        return ExitCode.DIFFERENT;
    }

    /** Tells machines. */
    ExitCode printJson(ObjectRef left, ObjectRef right) {
        Difference found = compare(left, right);
        Json.print(out, json -> write(json, found));
        return found == null ? ExitCode.DONE : ExitCode.DIFFERENT;
    }

    private @Nullable Difference compare(ObjectRef left, ObjectRef right) {
        try (Progress shown = Progress.on(out, Progress.Form.AUTO)) {
            return FileVerifier.firstDifference(left, right, options.withProgress(shown))
                    .orElse(null);
        }
    }

    private static void write(JsonGenerator json, @Nullable Difference found) throws IOException {
        json.writeStartObject();
        json.writeBooleanField("equal", found == null);
        if (found == null) {
            json.writeNullField("difference");
        } else {
            json.writeObjectFieldStart("difference");
            json.writeStringField("column", found.column());
            if (found.row() < 0) {
                json.writeNullField("row");
            } else {
                json.writeNumberField("row", found.row());
            }
            json.writeStringField("left", found.left());
            json.writeStringField("right", found.right());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
