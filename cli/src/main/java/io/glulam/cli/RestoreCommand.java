package io.glulam.cli;

import io.glulam.Backups;
import io.glulam.cli.text.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code glulam restore}. */
@Command(
        addMethodSubcommands = false,
        name = "restore",
        mixinStandardHelpOptions = true,
        description = "Brings back the bytes that compact --in-place --backup kept.")
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What was compacted in place.")
    private List<Path> files = List.of();

    @Option(
            names = "--backup",
            paramLabel = "SUFFIX",
            defaultValue = Backups.DEFAULT_SUFFIX,
            description = "What --backup named (default: ${DEFAULT-VALUE}).")
    private String suffix = Backups.DEFAULT_SUFFIX;

    @Override
    public Integer call() {
        Batch batch = new Batch(main, false);
        for (Path file : files) {
            batch.run(file, () -> {
                Path backup = Backups.restore(file, suffix);
                main.output().line(Texts.printable(file + ": restored from " + backup.getFileName()));
                return ExitCode.DONE;
            });
        }
        return batch.exitCode().code();
    }
}
