package io.glulam.cli;

import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** {@code glulam help}. */
final class HelpCommand implements Callable<Integer> {
    static final String ABOUT = "Display help information about the specified command.";

    private final CommandSpec spec;
    private final Value<String> command =
            Value.optionalArgument(0, Kind.TEXT, "COMMAND", "The COMMAND to display the usage help message for.");

    HelpCommand() {
        spec = CommandLines.spec(
                this,
                "%nWhen no COMMAND is given, the usage help for the main command is displayed.",
                "If a COMMAND is specified, the help for that command is shown.%n");
        spec.helpCommand(true);
        spec.usageMessage().header(ABOUT).synopsisHeading("%nUsage: ");
        command.addTo(spec);
        Flag.help("Show usage help for the help command and exit.", "-h", "--help")
                .addTo(spec);
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        CommandLine all = spec.commandLine().getParent();
        String name = command.get();
        CommandLine explained = name == null ? all : all.getSubcommands().get(name);
        if (explained == null) {
            throw new ParameterException(all, "Unknown subcommand '" + name + "'.", null, name);
        }
        explained.usage(all.getOut());
        return ExitCode.DONE.code();
    }
}
