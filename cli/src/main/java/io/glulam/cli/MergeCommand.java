package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.FolderMerger;
import io.glulam.MergeOptions;
import io.glulam.MergePreview;
import io.glulam.MergeReport;
import io.glulam.MergeReport.Outcome;
import io.glulam.Merger;
import io.glulam.cli.compact.ForecastText;
import io.glulam.cli.merge.MergeJson;
import io.glulam.cli.merge.MergeText;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.cli.progress.Progress;
import io.glulam.cli.text.Texts;
import io.glulam.inputs.FoundInputs;
import io.glulam.join.MetadataRule;
import io.glulam.local.LocalStore;
import io.glulam.s3.PriceList;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code glulam merge}. */
final class MergeCommand extends Subcommand {
    static final String ABOUT = "Merges several files into new files; compact makes one file healthy in its place.";

    /** The target size of an output where there can be several. */
    private static final long TARGET_FILE_SIZE = 512L << 20;

    private static final String PATH_ORDER = "path";
    private static final String MIN_ORDER = "min:";
    private static final long BANDWIDTH = 50_000_000;

    private final MergeInputs inputs = new MergeInputs();
    private final Value<String> inputOrder = Value.option(
            Kind.TEXT,
            "ORDER",
            "path: rows keep the order of the FILEs (default). min:COLUMN: FILEs come in the order of a column's"
                    + " minimum, so that sorting_columns stay where ranges do not overlap.",
            "--input-order");
    private final Value<String> output = Value.option(
            Kind.TEXT,
            "OUT",
            "The new file; or a folder, ending with / or there already, for new files in the folders of the FILEs."
                    + " Each run into a folder adds what is new; without --replace, nothing is deleted.",
            "-o",
            "--output");
    private final Value<Long> targetFileSize = Value.option(
            Words.SIZE,
            "SIZE",
            "Target size of new files (default: 512MiB in a folder, otherwise all in one file). Row groups are not"
                    + " divided.",
            "--target-file-size");
    private final Value<MetadataRule> metadata = Value.option(
            Words.constant(MetadataRule.class),
            "RULE",
            "Key-value metadata where FILEs differ: common keeps what all have (default), first keeps the first"
                    + " FILE's, fail refuses. What is dropped is named.",
            "--metadata");
    private final Value<MergeOptions.Mismatch> mismatch = Value.option(
            Words.constant(MergeOptions.Mismatch.class),
            "WHAT",
            "A FILE that cannot be merged with those before it: refuse it (default), or group it, which writes a new"
                    + " file for its kind.",
            "--mismatch");
    private final Flag widen = new Flag(
            "Of columns whose types differ, take the wider one: INT32 to INT64, FLOAT to DOUBLE, more digits of a"
                    + " DECIMAL, wider signed integers. Values are recoded.",
            "--widen");
    private final Value<Integer> minInputFiles = Value.option(
            Kind.INTEGER, "N", "Write no new file of fewer than N FILEs (default: 1).", "--min-input-files");
    private final Flag yes = new Flag("Take all objects that a prefix or a pattern of a store matches.", "--yes");
    private final Value<Long> bandwidth = Value.option(
            Words.SIZE,
            "SIZE",
            "With --dry-run: bytes per second of the network to the store, to estimate the time (default: 50MB).",
            "--bandwidth");
    private final Flag replace = new Flag(
            "Delete the FILEs once their rows are published; merge small files of earlier runs again. OUT is a folder."
                    + " Until the run ends, readers of the FILEs can see rows twice.",
            "--replace");
    private final Value<String> keepReplaced = Value.option(
            Kind.TEXT,
            "DIR",
            "With --replace: copy each FILE into this folder before it is deleted; restore brings it back.",
            "--keep-replaced");
    private final Flag force = new Flag("Replace OUT, which is one file, if it exists.", "--force");
    private final StoreOptions stores = new StoreOptions();
    private final LayoutOptions layout = new LayoutOptions();
    private final ResourceOptions resources = new ResourceOptions(MemoryOption.WITH_EFFORT);
    private final Flag dryRun = new Flag("Show what would be done; write nothing.", "--dry-run");
    private final Flag exitCode = new Flag("Exit with 10 if there was nothing to merge.", "--exit-code");
    private final Flag json = new Flag("Print one JSON document, on one line.", "--json");
    private final ProgressOption progress = new ProgressOption();

    MergeCommand(Main main) {
        super(main, ABOUT);
        add(inputs, inputOrder, yes, output, targetFileSize, metadata, mismatch, widen, minInputFiles);
        add(replace, keepReplaced, force);
        add(bandwidth, stores, layout, resources, dryRun, exitCode, json, progress);
    }

    @Override
    public Integer call() {
        FoundInputs found = found();
        @Nullable MergeTarget target = target();
        MergeOptions options = options(target);
        if (target == null && !dryRun.isGiven()) {
            throw misused("merge needs -o OUT");
        }
        Merging merging = merging(target, found);
        Batch batch = new Batch(main(), json.isGiven());
        batch.run(Texts.count(found.candidates().size(), "file"), () -> {
            Outcome outcome = dryRun.isGiven() ? show(found, options, target, merging) : merge(options, merging);
            return outcome != Outcome.MERGED && exitCode.isGiven() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
        });
        return batch.exitCode().code();
    }

    private FoundInputs found() {
        try {
            return inputs.found(line(), stores, yes.isGiven() || dryRun.isGiven());
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable MergeTarget target() {
        String out = output.get();
        if (out == null) {
            return null;
        }
        StoreOptions.requireKnown(out, line());
        return new MergeTarget(out, name -> stores.object(name, line()));
    }

    private boolean isFolder(@Nullable MergeTarget target) {
        return targetFileSize.isGiven() || target != null && target.isFolder();
    }

    /** A merge into a file or a folder, or into nothing that is known. */
    private interface Merging {
        MergePreview preview(MergeOptions options);

        MergeReport merge(MergeOptions options);
    }

    private Merging merging(@Nullable MergeTarget target, FoundInputs found) {
        if (force.isGiven() && isFolder(target)) {
            throw misused("--force replaces one file; a folder as OUT only gets new files");
        }
        try {
            return target != null && isFolder(target)
                    ? new IntoFolder(target.folder(), found, replace.isGiven(), kept())
                    : new IntoFile(found, storeOf(target, found), target == null ? null : file(target, found));
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable ObjectRef kept() {
        String folder = keepReplaced.get();
        if (folder == null) {
            return null;
        }
        if (!replace.isGiven()) {
            throw misused("--keep-replaced needs --replace");
        }
        return stores.folder(folder, line());
    }

    private @Nullable ObjectRef file(MergeTarget target, FoundInputs found) {
        if (replace.isGiven()) {
            throw misused("--replace needs a folder as OUT, in which it keeps its journal: end OUT with /");
        }
        if (dryRun.isGiven()) {
            return null;
        }
        if (mismatch.get() == MergeOptions.Mismatch.GROUP) {
            throw misused("--mismatch group makes several files: name a folder as OUT");
        }
        return target.file(found.candidates(), force.isGiven());
    }

    /** @param keep takes the inputs before they are deleted; null to keep none */
    private record IntoFolder(
            ObjectRef folder,
            FoundInputs found,
            boolean replaces,
            @Nullable ObjectRef keep) implements Merging {
        @Override
        public MergePreview preview(MergeOptions options) {
            return merger(options).preview(found);
        }

        @Override
        public MergeReport merge(MergeOptions options) {
            return merger(options).merge(found);
        }

        private FolderMerger merger(MergeOptions options) {
            FolderMerger merger = new FolderMerger(options, folder);
            if (!replaces) {
                return merger;
            }
            return keep == null ? merger.replacing() : merger.replacing(keep);
        }
    }

    /** @param target null to show only what would be done */
    private record IntoFile(
            FoundInputs found, ObjectStore store, @Nullable ObjectRef target) implements Merging {
        @Override
        public MergePreview preview(MergeOptions options) {
            return new Merger(options).preview(found, store);
        }

        @Override
        public MergeReport merge(MergeOptions options) {
            return new Merger(options).merge(found, Objects.requireNonNull(target));
        }
    }

    private MergeOptions options(@Nullable MergeTarget target) {
        try {
            CompactionOptions compaction = resources
                    .applyTo(CompactionOptions.defaults().withSettings(layout.settings()))
                    .withOverwrite(force.isGiven());
            return MergeOptions.defaults()
                    .withCompaction(compaction)
                    .withMetadata(metadata.or(MetadataRule.COMMON))
                    .withMismatch(mismatch.or(MergeOptions.Mismatch.REFUSE))
                    .withWiden(widen.isGiven())
                    .withMinimumOf(minimumOf())
                    .withMinInputFiles(minInputFiles.or(1))
                    .withMaxFileBytes(targetFileSize.or(isFolder(target) ? TARGET_FILE_SIZE : Long.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    /** Path of the column by whose minimum the inputs are ordered; null to keep their order. */
    private @Nullable String minimumOf() {
        String order = inputOrder.or(PATH_ORDER);
        if (order.equals(PATH_ORDER)) {
            return null;
        }
        if (!order.startsWith(MIN_ORDER) || order.length() == MIN_ORDER.length()) {
            throw misused("--input-order is path or min:COLUMN, not '" + order + "'");
        }
        return order.substring(MIN_ORDER.length());
    }

    private Outcome show(FoundInputs found, MergeOptions options, @Nullable MergeTarget target, Merging merging) {
        MergePreview preview;
        try (Progress shown = progress.begin(output())) {
            preview = merging.preview(with(options, shown));
        }
        if (json.isGiven()) {
            Json.print(output(), out -> MergeJson.write(out, preview));
        } else if (!progress.isQuiet()) {
            new MergeText(output()).print(preview, replace.isGiven());
            if (!preview.expected().requests().isEmpty()) {
                new ForecastText(output(), preview.expected(), prices(target, found))
                        .print("This takes of the stores:", bandwidth.or(BANDWIDTH));
            }
        }
        return preview.outcome();
    }

    private static PriceList prices(@Nullable MergeTarget target, FoundInputs found) {
        if (target != null) {
            return target.prices();
        }
        boolean anyR2 = found.candidates().stream()
                .anyMatch(input -> StoreAccess.prices(input.object().name()).equals(PriceList.R2));
        return anyR2 ? PriceList.R2 : PriceList.S3;
    }

    /** Without OUT, the outputs are taken to go where the inputs are. */
    private static ObjectStore storeOf(@Nullable MergeTarget target, FoundInputs found) {
        if (target != null) {
            return target.store();
        }
        return found.candidates().isEmpty()
                ? LocalStore.INSTANCE
                : found.candidates().get(0).object().store();
    }

    private Outcome merge(MergeOptions options, Merging merging) {
        MergeReport report;
        try (Progress shown = progress.begin(output())) {
            report = merging.merge(with(options, shown));
        }
        if (json.isGiven()) {
            Json.print(output(), out -> MergeJson.write(out, report));
        } else if (!progress.isQuiet()) {
            new MergeText(output()).print(report);
        }
        return report.outcome();
    }

    private static MergeOptions with(MergeOptions options, Progress shown) {
        return options.withCompaction(options.compaction().withProgress(shown));
    }
}
