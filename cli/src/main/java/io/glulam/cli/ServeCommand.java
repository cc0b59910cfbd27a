package io.glulam.cli;

import io.glulam.cli.demo.DemoFile;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.serve.Serving;

/** {@code glulam serve}. */
final class ServeCommand extends Subcommand {
    static final String ABOUT = "Serves the API and the page: compacts objects on request.";

    private static final String FOOTER =
            "Every option can also be set by the environment (GLULAM_RETRY_DELAY for --retry-delay, or"
                    + " GLULAM_RETRY_DELAY_FILE naming a file that holds it) or in the file of --config"
                    + " (retry-delay=10s), in that order.";

    private final Flag demo = new Flag(
            "Make a fragmented object path/to/file.parquet in the bucket and a dataset uuid, to try it.", "--demo");
    private final Flag check =
            new Flag("Try every setting, then exit with 0, or with 2 if a setting cannot be used.", "--check");
    private final Value<Integer> rowGroups = Value.hidden(Kind.INTEGER, "N", "--row-groups");

    ServeCommand(Main main) {
        super(main, ABOUT);
        add(new ServeOptions(), demo, check, rowGroups);
        spec().usageMessage().footer("", FOOTER);
    }

    @Override
    public Integer call() {
        Serving serving = new Serving(output(), ServeOptions.given(spec()), ServeOptions.names(spec()));
        if (check.isGiven()) {
            return serving.check();
        }
        return serving.run(demo.isGiven() ? rowGroups.or(DemoFile.ROW_GROUPS) : 0);
    }
}
