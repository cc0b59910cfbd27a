package io.glulam.cli;

import io.glulam.cli.inspect.FileShape;
import io.glulam.cli.inspect.InspectJson;
import io.glulam.cli.inspect.InspectText;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam inspect}. */
@Command(
        addMethodSubcommands = false,
        name = "inspect",
        mixinStandardHelpOptions = true,
        description = "Shows schema, writer and row groups, and how fragmented the file is.")
final class InspectCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Parquet files or objects (s3://, r2://).")
    private List<String> files = List.of();

    @Option(
            names = "--columns",
            description = "Also encodings, codecs, sizes, indexes and bloom filters of every column.")
    private boolean columns;

    @Option(names = "--row-groups", description = "Also every row group.")
    private boolean rowGroups;

    @Option(
            names = "--threshold",
            paramLabel = "SIZE",
            description = "Under which compressed size a row group is a fragment: a size, or auto (default: 2MiB).")
    private Threshold threshold = Threshold.DEFAULT;

    @Option(names = "--json", description = "One JSON document a file, on a line of its own.")
    private boolean json;

    @Mixin
    @SuppressWarnings("UnusedVariable") // The launcher has heeded it; here it only has to be known.
    private MemoryOption memory = new MemoryOption();

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Override
    public Integer call() {
        files = new ObjectArguments(stores, spec.commandLine()).expanded(files, true);
        Batch batch = new Batch(main, json);
        for (String file : files) {
            batch.run(file, () -> {
                inspect(file, batch.isFirst());
                return ExitCode.DONE;
            });
        }
        return batch.exitCode().code();
    }

    private void inspect(String name, boolean first) {
        FileShape file = FileShape.read(
                stores.object(name, spec.commandLine()), Settings.defaults().withThreshold(threshold));
        if (json) {
            Json.print(main.output(), out -> new InspectJson(out, file).write(columns, rowGroups));
            return;
        }
        if (!first) {
            main.output().line();
        }
        InspectText text = new InspectText(main.output(), file);
        text.printHead();
        text.printWriter();
        text.printSchema();
        if (columns) {
            text.printColumns();
        }
        if (rowGroups) {
            text.printRowGroups();
        }
        text.printPicture();
    }
}
