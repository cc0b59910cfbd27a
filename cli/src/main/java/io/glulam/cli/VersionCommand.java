package io.glulam.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code glulam version}. */
@Command(
        addMethodSubcommands = false,
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Says which build this is and which Java runs it.")
final class VersionCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Override
    public Integer call() throws IOException {
        for (String line : new Version().getVersion()) {
            main.output().line(line);
        }
        return ExitCode.DONE.code();
    }
}
