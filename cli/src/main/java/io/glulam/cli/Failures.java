package io.glulam.cli;

import io.glulam.cli.config.BadConfiguration;
import io.glulam.cli.config.Configured;
import io.glulam.cli.config.ConfiguredValues;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Texts;
import io.glulam.error.GlulamException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into one line on standard error and an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final boolean DEBUG =
            !System.getenv().getOrDefault("GLULAM_DEBUG", "").isEmpty();

    private final Output output;
    private final Interruption interruption;

    Failures(Output output, Interruption interruption) {
        this.output = output;
        this.interruption = interruption;
    }

    /** Picocli calls it when a command throws. */
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof ParameterException usage) {
            return handleParseException(usage, new String[0]);
        }
        return report(failure).code();
    }

    /** Picocli calls it when the arguments are wrong. */
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        String message = message(failure);
        String name = failure.getCommandLine().getCommandSpec().qualifiedName();
        say(message.lines().findFirst().orElse(message) + origin(failure));
        output.messages().println("Try '" + name + " --help'.");
        return ExitCode.USAGE.code();
    }

    private static String message(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return String.valueOf(failure.getMessage());
        }
        boolean command = !unmatched.isUnknownOption()
                && !failure.getCommandLine().getSubcommands().isEmpty();
        String word = unmatched.getUnmatched().get(0);
        String first = "'" + word + "'";
        String problem = command
                ? "unknown command " + first
                : unmatched.isUnknownOption()
                        ? String.valueOf(failure.getMessage())
                                .lines()
                                .findFirst()
                                .orElse("")
                        : first + " is one argument too many";
        return problem
                + NearestName.of(word, unmatched.getSuggestions())
                        .map(name -> "; did you mean '" + name + "'?")
                        .orElse("");
    }

    /** Where a value that is refused was set once for all runs; empty if it was typed. */
    private static String origin(ParameterException failure) {
        if (failure.getArgSpec() instanceof OptionSpec option
                && failure.getCommandLine().getDefaultValueProvider() instanceof ConfiguredValues values) {
            Configured value = values.of(option);
            if (value != null && value.value().equals(failure.getValue())) {
                return " (set by " + value.origin() + ")";
            }
        }
        return "";
    }

    /** Says what went wrong, in one line. */
    ExitCode report(Throwable failure) {
        if (DEBUG) {
            failure.printStackTrace(output.messages());
        }
        if (interruption.requested()) {
            say("interrupted; nothing unfinished was published");
            return ExitCode.INTERRUPTED;
        }
        if (failure instanceof GlulamException known) {
            say(Remedies.message(known));
            return ExitCode.of(known);
        }
        if (failure instanceof BadConfiguration) {
            say(String.valueOf(failure.getMessage()));
            return ExitCode.USAGE;
        }
        if (failure instanceof OutOfMemoryError) {
            say("out of memory; allow more with --memory " + more() + ", for example");
            return ExitCode.UNSUPPORTED;
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            say(String.valueOf(failure.getMessage()));
            return ExitCode.STORAGE_FAILED;
        }
        say("internal error: " + failure + "; GLULAM_DEBUG=1 shows where, please report it");
        return ExitCode.INTERNAL;
    }

    /** Twice the ceiling that the launcher has set; at least the default of effort smallest. */
    private static String more() {
        long mebibytes = Long.getLong("glulam.memory", 0) >> 20;
        return Math.max(256, 2 * mebibytes) + "MiB";
    }

    private void say(String message) {
        // Terminals show earlier results before the message.
        output.results().flush();
        output.messages().println("glulam: " + Texts.printable(message));
    }
}
