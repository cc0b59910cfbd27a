package io.glulam.cli;

import io.glulam.cli.inspect.FileShape;
import io.glulam.cli.inspect.InspectJson;
import io.glulam.cli.inspect.InspectText;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

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

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Parquet files.")
    private List<Path> files = List.of();

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

    @Override
    public Integer call() {
        Batch batch = new Batch(main, json);
        for (Path file : files) {
            batch.run(file, () -> {
                inspect(file, batch.isFirst());
                return ExitCode.DONE;
            });
        }
        return batch.exitCode().code();
    }

    private void inspect(Path path, boolean first) {
        FileShape file = FileShape.read(path, Settings.defaults().withThreshold(threshold));
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
