package io.glulam.cli;

import io.glulam.cli.option.Kind;
import io.glulam.cli.option.StandardOptions;
import io.glulam.cli.option.Value;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code glulam help}. */
final class HelpCommand implements Callable<Integer> {
    static final String ABOUT = "Shows the help of a command.";

    private final CommandSpec spec;
    private final Value<String> command = Value.optionalArgument(
            0, Kind.TEXT, "COMMAND", "The command whose help is shown; without one, the list of commands.");

    HelpCommand() {
        spec = CommandLines.spec(this, ABOUT);
        spec.helpCommand(true);
        command.addTo(spec);
        new StandardOptions().addTo(spec);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        CommandLine all = spec.commandLine().getParent();
        String name = command.or("");
        CommandLine explained = command.isGiven() ? all.getSubcommands().get(name) : all;
        if (explained == null) {
            throw new UnmatchedArgumentException(all, List.of(name));
        }
        explained.usage(all.getOut());
        return ExitCode.DONE.code();
    }
}
