package io.glulam.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam store}. */
@Command(
        name = "store",
        mixinStandardHelpOptions = true,
        description = "Looks after stores: what one can do, what killed runs left in it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StoreProbeCommand.class, StoreCleanCommand.class})
final class StoreCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.DONE.code();
    }

    Main main() {
        return main;
    }
}
