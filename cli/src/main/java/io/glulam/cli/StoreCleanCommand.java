package io.glulam.cli;

import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.s3.S3Uri;
import io.glulam.s3.UnfinishedUploads;
import io.glulam.s3.UnfinishedUploads.Unfinished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam store clean}. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description =
                "Lists the uploads under a prefix that nobody has completed within a day, as killed runs leave them,"
                        + " and removes them if told so. Stores do not tell who began an upload: look at the list first.")
final class StoreCleanCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private StoreCommand parent;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "PREFIX", description = "s3://BUCKET/PREFIX; the bucket alone for all of it.")
    private String prefix = "";

    @Option(names = "--hours", paramLabel = "N", description = "How old they must be (default: ${DEFAULT-VALUE}).")
    private int hours = 24;

    @Option(names = "--yes", description = "Remove them.")
    private boolean yes;

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Override
    public Integer call() {
        S3Uri uri = stores.access().uri(prefix, spec.commandLine());
        UnfinishedUploads uploads =
                new UnfinishedUploads(stores.access().stores().store(uri));
        List<Unfinished> found = uploads.before(uri.key(), Instant.now().minus(Duration.ofHours(hours)));
        Output out = parent.main().output();
        for (Unfinished upload : found) {
            if (yes) {
                uploads.remove(upload);
            }
            out.line(Texts.printable(upload.name()) + ", begun " + upload.begun() + (yes ? ": removed" : ""));
        }
        if (found.isEmpty()) {
            out.line("No upload is older than that.");
        } else if (!yes) {
            out.line(Texts.count(found.size(), "upload") + "; --yes removes them.");
        }
        return ExitCode.DONE.code();
    }
}
