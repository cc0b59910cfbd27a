package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.cli.compact.ReportJson;
import io.glulam.cli.compact.ReportText;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.progress.Progress;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import io.glulam.plan.PlanText;
import io.glulam.storage.ObjectRef;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code glulam compact}. */
final class CompactCommand extends Subcommand {
    static final String ABOUT = "Merges the fragments of a file: into a new file, or in its place.";

    private final Value<List<String>> files = Value.arguments(
            Kind.TEXT,
            "FILE",
            "Parquet files or objects (s3://, r2://), each compacted on its own; with --yes also prefixes"
                    + " (s3://BUCKET/PREFIX/) and patterns (s3://BUCKET/a/*.parquet). Or one table ("
                    + TableOptions.FORMS + ").");
    private final TargetOptions targetOptions = new TargetOptions();
    private final Flag yes = new Flag("Take all objects that a prefix or a pattern matches.", "--yes");
    private final StoreOptions stores = new StoreOptions();
    private final LayoutOptions layout = new LayoutOptions();
    private final ResourceOptions resources = new ResourceOptions(MemoryOption.WITH_EFFORT);
    private final Value<Path> planFile = Value.option(
            Kind.PATH, "P", "Carry out a plan that plan --save made; refused if the file has changed since.", "--plan");
    private final Flag dryRun = new Flag("Show what would be done, as plan does; write nothing.", "--dry-run");
    private final Flag exitCode = new Flag("Exit with 10 if there was nothing to do.", "--exit-code");
    private final Flag json = new Flag("Print one JSON document per file, each on one line.", "--json");
    private final ProgressOption progress = new ProgressOption();

    CompactCommand(Main main) {
        super(main, ABOUT);
        add(files, targetOptions, yes, stores, layout, resources, planFile, dryRun, exitCode, json, progress);
    }

    @Override
    public Integer call() {
        List<String> all = new ObjectArguments(stores, line()).expanded(files.required(), yes.isGiven());
        Targets targets = targetOptions.resolve(all, dryRun.isGiven(), stores, line());
        CompactionOptions options = options(all.size());
        Path saved = planFile.get();
        Plan given = saved == null ? null : PlanFiles.read(saved);
        Batch batch = new Batch(main(), json.isGiven());
        for (String file : all) {
            batch.run(file, () -> {
                ObjectRef source = stores.object(file, line());
                boolean nothingToDo = dryRun.isGiven()
                        ? showPlan(source, options, given)
                        : compact(file, new Job(source, targets.of(file), given), options, !batch.isFirst());
                return nothingToDo && exitCode.isGiven() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
            });
        }
        if (all.size() > 1 && !progress.isQuiet() && !json.isGiven()) {
            output().line();
            output().line(batch.summary());
        }
        return batch.exitCode().code();
    }

    private CompactionOptions options(int count) {
        if (planFile.isGiven() && count > 1) {
            throw misused("--plan is the plan of one FILE, not of " + count);
        }
        if (planFile.isGiven() && layout.anyTyped()) {
            throw misused("the settings are in the plan: give them to plan --save, not beside --plan");
        }
        try {
            return resources
                    .applyTo(CompactionOptions.defaults().withSettings(layout.settings()))
                    .withOverwrite(targetOptions.force())
                    .withBackupSuffix(targetOptions.backupSuffix());
        } catch (IllegalArgumentException e) {
            throw misused(String.valueOf(e.getMessage()));
        }
    }

    /** Gives whether there is nothing to do. */
    private boolean showPlan(ObjectRef file, CompactionOptions options, @Nullable Plan given) {
        Plan plan = given;
        if (plan == null) {
            try (Progress shown = progress.begin(output())) {
                plan = new Compactor(options.withProgress(shown)).plan(file);
            }
        }
        Plan shown = plan;
        if (json.isGiven()) {
            Json.print(output(), out -> PlanJson.write(shown, out));
        } else if (!progress.isQuiet()) {
            output().results().print(PlanText.of(plan, output().width()));
        }
        return plan.isEmpty();
    }

    /** Gives whether there was nothing to do. */
    private boolean compact(String file, Job job, CompactionOptions options, boolean separate) {
        CompactionReport report;
        try (Progress shown = progress.begin(output())) {
            report = new Compactor(options.withProgress(shown)).run(job);
        }
        if (json.isGiven()) {
            Json.print(output(), out -> new ReportJson(out, report).write(file));
        } else if (!progress.isQuiet()) {
            if (separate) {
                output().line();
            }
            new ReportText(output(), report).print(file);
        }
        return report.plan().isEmpty();
    }
}
