package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.cli.compact.ProgressBar;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import io.glulam.plan.PlanText;
import java.nio.file.Path;
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

/** {@code glulam plan}. */
@Command(
        addMethodSubcommands = false,
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Says what compact would do and why, before a byte is moved.")
final class PlanCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A Parquet file or object (s3://, r2://).")
    private String file = "";

    @Option(names = "--save", paramLabel = "P", description = "Also save the plan, for compact --plan P.")
    private @Nullable Path save;

    @Option(names = "--json", description = "The plan as JSON, which is also what --save saves.")
    private boolean json;

    @Mixin
    private LayoutOptions layout = new LayoutOptions();

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private ResourceOptions resources = new ResourceOptions();

    @Override
    public Integer call() {
        CompactionOptions options = options();
        Plan plan;
        try (ProgressBar bar = ProgressBar.on(main.output())) {
            plan = new Compactor(bar == null ? options : options.withProgress(bar))
                    .plan(stores.object(file, spec.commandLine()));
        }
        if (save != null) {
            PlanFiles.save(plan, save);
        }
        if (json) {
            Json.print(main.output(), out -> PlanJson.write(plan, out));
        } else {
            main.output().results().print(PlanText.of(plan, main.output().width()));
        }
        return ExitCode.DONE.code();
    }

    private CompactionOptions options() {
        try {
            return resources.applyTo(CompactionOptions.defaults().withSettings(layout.settings()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
