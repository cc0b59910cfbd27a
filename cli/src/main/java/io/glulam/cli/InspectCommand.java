package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.FileShape;
import io.glulam.OpenedFooter;
import io.glulam.cli.inspect.InspectJson;
import io.glulam.cli.inspect.InspectText;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.page.InspectPage;
import io.glulam.error.CorruptFile;
import io.glulam.error.Unsupported;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanText;
import io.glulam.plan.Setting;
import io.glulam.plan.Settings;
import io.glulam.storage.ObjectRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** {@code glulam inspect}. */
final class InspectCommand extends Subcommand {
    static final String ABOUT = "Shows schema, writer and row groups, and how fragmented the file is.";

    private static final int PAGE_COLUMNS = 110;
    private static final OwnFiles PAGES = new OwnFiles(InspectPage.BEGINNING, "the page");

    private final Value<List<String>> files = Value.arguments(
            Kind.TEXT, "FILE", "Parquet files or objects (s3://, r2://); or one table (" + TableOptions.FORMS + ").");
    private final Flag columns =
            new Flag("Also show encodings, codecs, sizes, indexes and bloom filters of every column.", "--columns");
    private final Flag rowGroups = new Flag("Also show every row group.", "--row-groups");
    private final SettingOption threshold = new SettingOption(Setting.THRESHOLD);
    private final Value<Path> html = Value.option(
            Kind.PATH,
            "PAGE",
            "Also write one page of HTML: row groups to scale, columns by row groups, pages of the largest chunks,"
                    + " what compact would change.",
            "--html");
    private final Flag json = new Flag("Print one JSON document per file, each on one line.", "--json");
    private final StoreOptions stores = new StoreOptions();

    InspectCommand(Main main) {
        super(main, ABOUT);
        // The launcher has heeded the ceiling; here it only has to be known.
        add(files, columns, rowGroups, threshold, html, json, new MemoryOption(MemoryOption.OF_FILES), stores);
    }

    @Override
    public Integer call() {
        Batch batch = new Batch(main(), json.isGiven());
        List<String> all = new ObjectArguments(stores, line()).expanded(files.required(), true);
        Path page = html.get();
        if (page != null && all.size() != 1) {
            throw misused("--html is the page of one FILE, not of " + all.size());
        }
        if (page != null && !PAGES.mayBecome(page)) {
            throw misused("--html: " + page + " exists and is not a page of Glulam's: name another file");
        }
        for (String file : all) {
            batch.run(file, () -> {
                inspect(file, batch.isFirst());
                return ExitCode.DONE;
            });
        }
        return batch.exitCode().code();
    }

    private void inspect(String name, boolean first) {
        Settings settings = threshold.applyTo(Settings.defaults());
        ObjectRef object = stores.object(name, line());
        try (OpenedFooter opened = OpenedFooter.of(object, CompactionOptions.defaults())) {
            print(opened, opened.shape(settings), first);
            Path page = html.get();
            if (page != null) {
                String text = new InspectPage(opened, opened.shape(settings), changes(object, settings)).html();
                PAGES.save(text.getBytes(StandardCharsets.UTF_8), page);
            }
        }
    }

    /** A file that compaction refuses has a page, too. */
    private static String changes(ObjectRef object, Settings settings) {
        try {
            Plan plan = new Compactor(CompactionOptions.defaults().withSettings(settings)).plan(object);
            return PlanText.of(plan, PAGE_COLUMNS);
        } catch (CorruptFile | Unsupported refused) {
            return "compact refuses this file: " + refused.getMessage();
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
