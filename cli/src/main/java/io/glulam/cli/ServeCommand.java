package io.glulam.cli;

import io.glulam.cli.serve.Serving;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam serve}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Serves the API and the page: compacts objects on request.",
        footer = {
            "",
            "Every option can also be set by the environment (GLULAM_RETRY_DELAY for --retry-delay, or"
                    + " GLULAM_RETRY_DELAY_FILE naming a file that holds it) or in the file of --config"
                    + " (retry-delay=10s), in that order."
        })
final class ServeCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("UnusedVariable") // Declares the options; their values are read from the command line's model.
    private ServeOptions options = new ServeOptions();

    @Option(
            names = "--demo",
            description = "Make a fragmented object path/to/file.parquet in the bucket and a dataset uuid, to try it.")
    private boolean demo;

    @Option(
            names = "--check",
            description = "Try every setting, say what is wrong and end: exit code 0, or 2 if anything cannot be used.")
    private boolean check;

    @Option(names = "--row-groups", hidden = true)
    private int rowGroups = io.glulam.cli.demo.DemoFile.ROW_GROUPS;

    @Override
    public Integer call() {
        Serving serving = new Serving(main.output(), ServeOptions.given(spec), ServeOptions.names(spec));
        if (check) {
            return serving.check();
        }
        return serving.run(demo ? rowGroups : 0);
    }
}
