package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.MergeOptions;
import io.glulam.MergePreview;
import io.glulam.MergeReport;
import io.glulam.Merger;
import io.glulam.cli.compact.ProgressBar;
import io.glulam.cli.merge.MergeJson;
import io.glulam.cli.merge.MergeText;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.cli.text.Texts;
import io.glulam.join.MetadataRule;
import io.glulam.storage.StoredObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** {@code glulam merge}. */
final class MergeCommand extends Subcommand {
    static final String ABOUT = "Merges several files into new files; compact makes one file healthy in its place.";

    private final Value<List<String>> files = Value.arguments(
            Kind.TEXT, "FILE", "Local Parquet files of one schema; the rows keep the order of the FILEs.");
    private final Value<String> output = Value.option(
            Kind.TEXT, "OUT", "The new file; with --target-file-size a folder for new files.", "-o", "--output");
    private final Value<Long> targetFileSize = Value.option(
            Words.SIZE,
            "SIZE",
            "Compressed bytes of a new file, before fragments are merged (default: one file for all).",
            "--target-file-size");
    private final Value<MetadataRule> metadata = Value.option(
            Words.constant(MetadataRule.class),
            "RULE",
            "Key-value metadata where FILEs differ: common keeps what all have (default), first keeps the first"
                    + " FILE's, fail refuses. What is dropped is named.",
            "--metadata");
    private final Flag force = new Flag("Replace OUT if it exists.", "--force");
    private final StoreOptions stores = new StoreOptions();
    private final LayoutOptions layout = new LayoutOptions();
    private final ResourceOptions resources = new ResourceOptions();
    private final Flag dryRun = new Flag("Show what would be done; write nothing.", "--dry-run");
    private final Flag json = new Flag("One JSON document on a line of its own.", "--json");
    private final Flag quiet = new Flag("No report and no progress bar; failures are still told.", "-q", "--quiet");

    MergeCommand(Main main) {
        super(main, ABOUT);
        add(files, output, targetFileSize, metadata, force, stores, layout, resources, dryRun, json, quiet);
    }

    @Override
    public Integer call() {
        List<StoredObject> inputs = inputs(files.required());
        MergeOptions options = options();
        @Nullable IntFunction<StoredObject> targets = dryRun.isGiven() ? null : targets(inputs);
        Batch batch = new Batch(main(), json.isGiven());
        batch.run(Texts.count(inputs.size(), "file"), () -> {
            if (targets == null) {
                show(inputs, options);
            } else {
                merge(inputs, options, targets);
            }
            return ExitCode.DONE;
        });
        return batch.exitCode().code();
    }

    private List<StoredObject> inputs(List<String> arguments) {
        List<StoredObject> inputs = new ArrayList<>(arguments.size());
        Set<String> known = new HashSet<>();
        for (String argument : arguments) {
            StoreOptions.requireKnown(argument, line());
            if (StoreAccess.isStored(argument)) {
                throw misused("merge reads local files only, not " + argument);
            }
            if (!known.add(Path.of(argument).toAbsolutePath().normalize().toString())) {
                throw misused(argument + " is given twice, and its rows would be in the output twice");
            }
            inputs.add(StoredObject.of(Path.of(argument)));
        }
        return inputs;
    }

    private IntFunction<StoredObject> targets(List<StoredObject> inputs) {
        String out = output.get();
        if (out == null) {
            throw misused("merge needs -o OUT");
        }
        StoreOptions.requireKnown(out, line());
        MergeTarget target = new MergeTarget(out, name -> stores.object(name, line()));
        try {
            return targetFileSize.isGiven() ? target.folder() : target.file(inputs, force.isGiven());
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    private MergeOptions options() {
        try {
            CompactionOptions compaction = resources
                    .applyTo(CompactionOptions.defaults().withSettings(layout.settings()))
                    .withOverwrite(force.isGiven());
            return MergeOptions.defaults()
                    .withCompaction(compaction)
                    .withMetadata(metadata.or(MetadataRule.COMMON))
                    .withMaxFileBytes(targetFileSize.or(Long.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    private void show(List<StoredObject> inputs, MergeOptions options) {
        MergePreview preview;
        try (ProgressBar bar = bar()) {
            preview = merger(options, bar).preview(inputs);
        }
        if (json.isGiven()) {
            Json.print(output(), out -> MergeJson.write(out, preview));
        } else if (!quiet.isGiven()) {
            new MergeText(output()).print(preview);
        }
    }

    private void merge(List<StoredObject> inputs, MergeOptions options, IntFunction<StoredObject> targets) {
        MergeReport report;
        try (ProgressBar bar = bar()) {
            report = merger(options, bar).merge(inputs, targets);
        }
        if (json.isGiven()) {
            Json.print(output(), out -> MergeJson.write(out, report));
        } else if (!quiet.isGiven()) {
            new MergeText(output()).print(report);
        }
    }

    private @Nullable ProgressBar bar() {
        return quiet.isGiven() ? null : ProgressBar.on(output());
    }

    private static Merger merger(MergeOptions options, @Nullable ProgressBar bar) {
        return new Merger(
                bar == null
                        ? options
                        : options.withCompaction(options.compaction().withProgress(bar)));
    }
}
