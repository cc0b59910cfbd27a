package io.glulam.cli;

import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.PlanPreview;
import io.glulam.cli.compact.ForecastText;
import io.glulam.cli.compact.ProgressBar;
import io.glulam.plan.Plan;
import io.glulam.plan.PlanJson;
import io.glulam.plan.PlanText;
import io.glulam.s3.PriceList;
import io.glulam.storage.StoredObject;
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

    @Option(
            names = "--bandwidth",
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = "Bytes a second of the network to the store, for the time it will take (default: 50MB).")
    private long bandwidth = 50_000_000;

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private ResourceOptions resources = new ResourceOptions();

    @Override
    public Integer call() {
        CompactionOptions options = options();
        if (save != null && !PlanFiles.mayBecome(save)) {
            throw new ParameterException(
                    spec.commandLine(), "--save: " + save + " exists and is not a plan: name another file");
        }
        StoredObject source = stores.object(file, spec.commandLine());
        PlanPreview preview;
        try (ProgressBar bar = ProgressBar.on(main.output())) {
            preview = new Compactor(bar == null ? options : options.withProgress(bar)).preview(source);
        }
        Plan plan = preview.plan();
        if (save != null) {
            PlanFiles.save(plan, save);
        }
        if (json) {
            Json.print(main.output(), out -> PlanJson.write(plan, out));
        } else {
            main.output().results().print(PlanText.of(plan, main.output().width()));
            if (!plan.isEmpty() && source.store().capabilities().remote()) {
                PriceList prices = file.startsWith("r2://") ? PriceList.R2 : PriceList.S3;
                new ForecastText(main.output(), preview.expected(), prices).print(bandwidth);
            }
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
