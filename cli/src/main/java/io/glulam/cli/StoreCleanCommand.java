package io.glulam.cli;

import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.s3.S3Uri;
import io.glulam.s3.UnfinishedUploads;
import io.glulam.s3.UnfinishedUploads.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code glulam store clean}. */
final class StoreCleanCommand extends Subcommand {
    static final String ABOUT =
            "Lists the unfinished uploads under a prefix that are more than a day old, such as killed runs leave, and"
                    + " removes them with --yes. A store does not tell which program began an upload: look at the list"
                    + " first.";

    private static final int HOURS = 24;

    private final Value<String> prefix =
            Value.argument(0, Kind.TEXT, "PREFIX", "s3://BUCKET/PREFIX; the bucket alone for all of it.");
    private final Value<Integer> hours =
            Value.option(Kind.INTEGER, "N", "Minimum age of the uploads in hours (default: " + HOURS + ").", "--hours");
    private final Flag yes = new Flag("Remove the uploads.", "--yes");
    private final Flag json = new Flag("Print the list as JSON.", "--json");
    private final StoreOptions stores = new StoreOptions();

    StoreCleanCommand(Main main) {
        super(main, ABOUT);
        add(prefix, hours, yes, json, stores);
    }

    @Override
    public Integer call() {
        int age = hours.or(HOURS);
        if (age < 0) {
            throw misused("--hours " + age + ": an upload cannot have been begun in the future");
        }
        S3Uri uri = stores.access().uri(prefix.required(), line());
        UnfinishedUploads uploads =
                new UnfinishedUploads(stores.access().stores().store(uri));
        List<Unfinished> found = uploads.before(uri.key(), Instant.now().minus(Duration.ofHours(age)));
        if (yes.isGiven()) {
            found.forEach(uploads::remove);
        }
        if (json.isGiven()) {
            printJson(found);
        } else {
            print(found);
        }
        return ExitCode.DONE.code();
    }

    private void print(List<Unfinished> found) {
        Output out = output();
        for (Unfinished upload : found) {
            out.line(Texts.printable(upload.name()) + ", begun " + upload.begun() + (yes.isGiven() ? ": removed" : ""));
        }
        if (found.isEmpty()) {
            out.line("No upload is older than that.");
        } else if (!yes.isGiven()) {
            out.line(Texts.count(found.size(), "upload") + "; --yes removes them.");
        }
    }

    private void printJson(List<Unfinished> found) {
        Json.print(output(), out -> {
            out.writeStartObject();
            out.writeBooleanField("removed", yes.isGiven());
            out.writeArrayFieldStart("uploads");
            for (Unfinished upload : found) {
                out.writeStartObject();
                out.writeStringField("object", upload.name());
                out.writeStringField("begun", upload.begun().toString());
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        });
    }
}
