package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.FileShape;
import io.glulam.OpenedFooter;
import io.glulam.cli.inspect.InspectJson;
import io.glulam.cli.inspect.InspectText;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.plan.Setting;
import io.glulam.plan.Settings;
import java.util.List;

/** {@code glulam inspect}. */
final class InspectCommand extends Subcommand {
    static final String ABOUT = "Shows schema, writer and row groups, and how fragmented the file is.";

    private final Value<List<String>> files =
            Value.arguments(Kind.TEXT, "FILE", "Parquet files or objects (s3://, r2://).");
    private final Flag columns =
            new Flag("Also encodings, codecs, sizes, indexes and bloom filters of every column.", "--columns");
    private final Flag rowGroups = new Flag("Also every row group.", "--row-groups");
    private final SettingOption threshold = new SettingOption(Setting.THRESHOLD);
    private final Flag json = new Flag("One JSON document a file, on a line of its own.", "--json");
    private final StoreOptions stores = new StoreOptions();

    InspectCommand(Main main) {
        super(main, ABOUT);
        // The launcher has heeded the ceiling; here it only has to be known.
        add(files, columns, rowGroups, threshold, json, new MemoryOption(), stores);
    }

    @Override
    public Integer call() {
        Batch batch = new Batch(main(), json.isGiven());
        for (String file : new ObjectArguments(stores, line()).expanded(files.required(), true)) {
            batch.run(file, () -> {
                inspect(file, batch.isFirst());
                return ExitCode.DONE;
            });
        }
        return batch.exitCode().code();
    }

    private void inspect(String name, boolean first) {
        Settings settings = threshold.applyTo(Settings.defaults());
        try (OpenedFooter opened = OpenedFooter.of(stores.object(name, line()), CompactionOptions.defaults())) {
            print(opened, opened.shape(settings), first);
        }
    }

    private void print(OpenedFooter opened, FileShape shape, boolean first) {
        if (json.isGiven()) {
            Json.print(
                    output(), out -> new InspectJson(out, opened, shape).write(columns.isGiven(), rowGroups.isGiven()));
            return;
        }
        if (!first) {
            output().line();
        }
        InspectText text = new InspectText(output(), opened, shape);
        text.printHead();
        text.printWriter();
        text.printSchema();
        if (columns.isGiven()) {
            text.printColumns();
        }
        if (rowGroups.isGiven()) {
            text.printRowGroups();
        }
        text.printPicture();
    }
}
