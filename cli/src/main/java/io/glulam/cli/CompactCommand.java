package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.CompactionReport;
import io.glulam.Compactor;
import io.glulam.cli.compact.ProgressBar;
import io.glulam.cli.compact.ReportJson;
import io.glulam.cli.compact.ReportText;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import io.glulam.plan.PlanText;
import io.glulam.storage.StoredObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam compact}. */
@Command(
        addMethodSubcommands = false,
        name = "compact",
        mixinStandardHelpOptions = true,
        description = "Merges the fragments of a file: into a new file, or in its place.")
final class CompactCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Parquet files or objects (s3://, r2://), each compacted on its own; with --yes also prefixes"
                    + " (s3://BUCKET/PREFIX/) and patterns (s3://BUCKET/a/*.parquet).")
    private List<String> files = List.of();

    @Mixin
    private TargetOptions targetOptions = new TargetOptions();

    @Option(names = "--yes", description = "Take all objects that a prefix or a pattern matches.")
    private boolean yes;

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    @Mixin
    private ResourceOptions resources = new ResourceOptions();

    @Option(
            names = "--plan",
            paramLabel = "P",
            description = "Carry out a plan that plan --save made; refused if the file has changed since.")
    private @Nullable Path planFile;

    @Option(names = "--dry-run", description = "Only say what would be done, as plan does.")
    private boolean dryRun;

    @Option(names = "--exit-code", description = "Exit with 10 if there was nothing to do.")
    private boolean exitCode;

    @Option(names = "--json", description = "One JSON document a file, on a line of its own.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No report and no progress bar; failures are still told.")
    private boolean quiet;

    @Override
    public Integer call() {
        files = new ObjectArguments(stores, spec.commandLine()).expanded(files, yes);
        Targets targets = targetOptions.resolve(files, dryRun, stores, spec.commandLine());
        CompactionOptions options = options();
        Plan given = planFile == null ? null : PlanFiles.read(planFile);
        Batch batch = new Batch(main, json);
        for (String file : files) {
            batch.run(file, () -> {
                StoredObject source = stores.object(file, spec.commandLine());
                boolean nothingToDo = dryRun
                        ? showPlan(source, options, given)
                        : compact(file, source, targets.of(file), options, given, !batch.isFirst());
                return nothingToDo && exitCode ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
            });
        }
        if (files.size() > 1 && !quiet && !json) {
            main.output().line();
            main.output().line(batch.summary());
        }
        return batch.exitCode().code();
    }

    private CompactionOptions options() {
        if (planFile != null && files.size() > 1) {
            throw usage("--plan is the plan of one FILE, not of " + files.size());
        }
        if (planFile != null && layout.anyGiven()) {
            throw usage("the settings are in the plan: give them to plan --save, not beside --plan");
        }
        try {
            return resources
                    .applyTo(CompactionOptions.defaults().withSettings(layout.settings()))
                    .withOverwrite(targetOptions.force())
                    .withBackupSuffix(targetOptions.backupSuffix());
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /** Gives whether there is nothing to do. */
    private boolean showPlan(StoredObject file, CompactionOptions options, @Nullable Plan given) {
        Plan plan = given;
        if (plan == null) {
            try (ProgressBar bar = bar()) {
                plan = compactor(options, bar).plan(file);
            }
        }
        Plan shown = plan;
        if (json) {
            Json.print(main.output(), out -> PlanJson.write(shown, out));
        } else if (!quiet) {
            main.output().results().print(PlanText.of(plan, main.output().width()));
        }
        return plan.isEmpty();
    }

    /** Gives whether there was nothing to do. */
    private boolean compact(
            String file,
            StoredObject source,
            @Nullable StoredObject target,
            CompactionOptions options,
            @Nullable Plan given,
            boolean separate) {
        CompactionReport report;
        try (ProgressBar bar = bar()) {
            Compactor compactor = compactor(options, bar);
            report = run(compactor, source, target, given);
        }
        if (json) {
            Json.print(main.output(), out -> new ReportJson(out, report).write(file));
        } else if (!quiet) {
            if (separate) {
                main.output().line();
            }
            new ReportText(main.output(), report).print(file);
        }
        return report.plan().isEmpty();
    }

    private static CompactionReport run(
            Compactor compactor, StoredObject source, @Nullable StoredObject target, @Nullable Plan given) {
        if (given == null) {
            return target == null ? compactor.compactInPlace(source) : compactor.compact(source, target);
        }
        return target == null ? compactor.executeInPlace(given, source) : compactor.execute(given, source, target);
    }

    private @Nullable ProgressBar bar() {
        return quiet ? null : ProgressBar.on(main.output());
    }

    private static Compactor compactor(CompactionOptions options, @Nullable ProgressBar bar) {
        return new Compactor(bar == null ? options : options.withProgress(bar));
    }
}
