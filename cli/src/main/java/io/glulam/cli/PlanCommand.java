package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.PlanPreview;
import io.glulam.cli.compact.ForecastText;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.cli.progress.Progress;
import io.glulam.cli.text.Texts;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import io.glulam.plan.PlanText;
import io.glulam.s3.PriceList;
import io.glulam.storage.ObjectRef;
import java.nio.file.Path;
import java.util.List;

/** {@code glulam plan}. */
final class PlanCommand extends Subcommand {
    static final String ABOUT = "Shows what compact would do and why, without writing anything.";

    private static final long BANDWIDTH = 50_000_000;

    private final Value<String> file = Value.argument(
            0,
            Kind.TEXT,
            "FILE",
            "A Parquet file or an object (s3://, r2://); or a table (" + TableOptions.FORMS + ").");
    private final Value<Path> save =
            Value.option(Kind.PATH, "P", "Also save the plan, for compact --plan P.", "--save");
    private final Flag json = new Flag("The plan as JSON, which is also what --save saves.", "--json");
    private final LayoutOptions layout = new LayoutOptions();
    private final Value<Long> bandwidth = Value.option(
            Words.SIZE,
            "SIZE",
            "Bytes per second of the network to the store, to estimate the time (default: 50MB).",
            "--bandwidth");
    private final StoreOptions stores = new StoreOptions();
    private final ResourceOptions resources = new ResourceOptions(MemoryOption.WITH_EFFORT);

    PlanCommand(Main main) {
        super(main, ABOUT);
        add(file, save, json, layout, bandwidth, stores, resources);
    }

    @Override
    public Integer call() {
        CompactionOptions options = options();
        Path saved = save.get();
        if (saved != null && !PlanFiles.mayBecome(saved)) {
            throw misused("--save: " + saved + " exists and is not a plan: name another file");
        }
        ObjectRef source = stores.object(file.required(), line());
        PlanPreview preview;
        try (Progress shown = Progress.on(output(), Progress.Form.AUTO)) {
            preview = new Compactor(options.withProgress(shown)).preview(source);
        }
        Plan plan = preview.plan();
        if (saved != null) {
            PlanFiles.save(plan, saved);
        }
        if (json.isGiven()) {
            Json.print(output(), out -> PlanJson.write(plan, preview.dropped(), out));
        } else {
            output().results().print(PlanText.of(plan, output().width()));
            printDropped(preview.dropped());
            if (!plan.isEmpty() && source.store().capabilities().remote()) {
                PriceList prices = StoreAccess.prices(file.required());
                new ForecastText(output(), preview.expected(), prices).print(bandwidth.or(BANDWIDTH));
            }
        }
        return ExitCode.DONE.code();
    }

    private void printDropped(List<String> dropped) {
        if (!dropped.isEmpty()) {
            output().line();
            output().line("  Not carried along:");
            dropped.forEach(line -> output().line("  - " + Texts.printable(line)));
        }
    }

    private CompactionOptions options() {
        try {
            return resources.applyTo(CompactionOptions.defaults().withSettings(layout.settings()));
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }
}
