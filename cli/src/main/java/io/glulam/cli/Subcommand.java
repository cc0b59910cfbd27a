package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.StandardOptions;
import io.glulam.cli.text.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A command under {@code glulam}: what picocli knows of it, and the run that it is part of. Runs once. */
abstract class Subcommand implements Callable<Integer> {
    private final Main main;
    private final CommandSpec spec;

    /** @param about what the help says of it */
    Subcommand(Main main, String about) {
        this.main = main;
        this.spec = CommandLines.spec(this, about);
        add(new StandardOptions());
    }

    /** Makes them known, arguments in the order of their places. */
    final void add(CommandPart... parts) {
        for (CommandPart part : parts) {
            part.addTo(spec);
        }
    }

    final Main main() {
        return main;
    }

    final Output output() {
        return main.output();
    }

    final CommandSpec spec() {
        return spec;
    }

    final CommandLine line() {
        return spec.commandLine();
    }

    /** Returns the failure for arguments that cannot be meant. */
    final ParameterException misused(String problem) {
        return new ParameterException(line(), problem);
    }
}
