package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.OpenedFooter;
import io.glulam.cli.compact.ReportText;
import io.glulam.cli.demo.DemoFile;
import io.glulam.cli.inspect.InspectText;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.progress.Progress;
import io.glulam.cli.text.Color;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@code glulam demo}. */
final class DemoCommand extends Subcommand {
    static final String ABOUT =
            "Makes a fragmented file of about 100 MB, shows it, compacts it, verifies it, shows it again.";

    private final Value<Path> keep = Value.option(Kind.PATH, "DIR", "Keep the two files in this folder.", "--keep");
    private final Flag table = new Flag(
            "Make an Iceberg table of many small files in a local catalog instead, and compact that.", "--table");
    private final ResourceOptions resources =
            new ResourceOptions("at least 96MiB (default: 128MiB); with --table at least 192MiB (256MiB)");
    private final Value<Integer> rowGroups = Value.hidden(Kind.INTEGER, "N", "--row-groups");

    DemoCommand(Main main) {
        super(main, ABOUT);
        add(keep, table, resources, rowGroups);
    }

    @Override
    public Integer call() throws IOException {
        Path folder = keep.get();
        if (folder != null) {
            makeFolder(folder);
        }
        if (table.isGiven()) {
            return new TableDemo(output(), resources.options(line()), rowGroups.or(TableDemo.FILES)).run(folder);
        }
        if (folder != null) {
            return run(folder.resolve("fragmented.parquet"), folder.resolve("compacted.parquet"));
        }
        folder = Files.createTempDirectory("glulam-demo-");
        Path fragmented = folder.resolve("fragmented.parquet");
        Path compacted = folder.resolve("compacted.parquet");
        try {
            return run(fragmented, compacted);
        } finally {
            Files.deleteIfExists(fragmented);
            Files.deleteIfExists(compacted);
            Files.delete(folder);
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StorageFailed(
                    Place.of(folder.toString()), "the folder cannot be made", "choose another", false, e);
        }
    }

    private int run(Path fragmented, Path compacted) {
        Output out = output();
        step("A file as a streaming writer leaves it");
        make(fragmented);
        show(fragmented);

        step("Compact it: glulam compact " + fragmented.getFileName() + " -o " + compacted.getFileName());
        CompactionOptions options = resources.options(line());
        CompactionReport report = compact(fragmented, compacted, options);
        new ReportText(out, report).print(fragmented.toString());

        step("Verify it: glulam verify " + fragmented.getFileName() + " " + compacted.getFileName());
        ExitCode verdict =
                new Verification(out, options).print(LocalStore.object(fragmented), LocalStore.object(compacted));

        step("And as it is now");
        show(compacted);
        if (keep.isGiven()) {
            out.line();
            out.line("Kept: " + fragmented + " and " + compacted);
        }
        return verdict.code();
    }

    private void step(String title) {
        Output out = output();
        out.line();
        out.line(out.paint(Color.STRONG, out.glyphs().arrow() + " " + title));
        out.line();
        out.results().flush();
    }

    private void make(Path file) {
        long start = System.nanoTime();
        DemoFile.write(file, rowGroups.or(DemoFile.ROW_GROUPS), (written, of) -> {
            if (output().terminal().messages()) {
                output().messages()
                        .print("\rMaking it  " + 100 * written / of + " %" + (written == of ? "\r\u001b[K" : ""));
            }
        });
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        output().line("  made in " + Texts.duration(took));
    }

    private void show(Path file) {
        try (OpenedFooter opened = OpenedFooter.of(LocalStore.object(file), CompactionOptions.defaults())) {
            InspectText text = new InspectText(output(), opened, opened.shape(Settings.defaults()));
            text.printHead();
            text.printPicture();
        }
        output().results().flush();
    }

    private CompactionReport compact(Path fragmented, Path compacted, CompactionOptions options) {
        try (Progress shown = Progress.on(output(), Progress.Form.AUTO)) {
            return new Compactor(options.withProgress(shown)).run(Job.of(fragmented, compacted));
        }
    }
}
