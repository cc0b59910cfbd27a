package io.glulam.cli;

import io.glulam.cli.text.Output;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command's entry: hands the arguments to picocli and ends the process with the exit code. */
@Command(
        name = "glulam",
        description = "Compacts fragmented Parquet files by moving their bytes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {InspectCommand.class, RestoreCommand.class, VersionCommand.class})
public final class Main implements Runnable {
    /** When results are coloured. */
    enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    private final Output output;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Main(Output output) {
        this.output = output;
    }

    /** Runs the command; never returns normally. */
    public static void main(String[] arguments) {
        System.exit(run(Output.ofProcess(), arguments));
    }

    /** Runs the command inside this process and gives its exit code. */
    public static int run(Output output, String... arguments) {
        Failures failures = new Failures(output);
        int code;
        try {
            code = commandLine(output, failures).execute(arguments);
        } catch (Throwable failure) {
            code = failures.report(failure).code();
        }
        String lost = output.finish();
        if (lost != null) {
            output.messages().println("glulam: standard output: " + lost);
            return code == 0 ? ExitCode.STORAGE_FAILED.code() : code;
        }
        return code;
    }

    private static CommandLine commandLine(Output output, Failures failures) {
        CommandLine line = new CommandLine(new Main(output));
        line.setOut(new PrintWriter(output.results(), true));
        line.setErr(new PrintWriter(new OutputStreamWriter(output.messages(), output.charset()), true));
        line.setExecutionExceptionHandler(failures::handle);
        line.setParameterExceptionHandler(failures::handleUsage);
        line.setColorScheme(Help.defaultColorScheme(output.terminal().color() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setUsageHelpWidth(Math.max(60, Math.min(120, output.width())));
        line.setAbbreviatedOptionsAllowed(false);
        Words.register(line);
        UsageMessageSpec help = line.getCommandSpec().usageMessage();
        help.exitCodeListHeading("%nExit codes:%n");
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.code()), code.meaning());
        }
        help.exitCodeList(codes);
        return line;
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "Colour results: auto (on a terminal, unless NO_COLOR is set), always or never.")
    void setColor(When when) {
        if (when != When.AUTO) {
            output.forceColor(when == When.ALWAYS);
        }
    }

    /** Where every command prints. */
    public Output output() {
        return output;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
