package io.glulam.cli;

import io.glulam.cli.text.Output;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
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
        addMethodSubcommands = false,
        name = "glulam",
        description = "Compacts fragmented Parquet files by moving their bytes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
    /** When results are coloured. */
    enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    private final Output output;
    private final Interruption interruption;
    private final Failures failures;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private Main(Output output, Interruption interruption) {
        this.output = output;
        this.interruption = interruption;
        this.failures = new Failures(output, interruption);
    }

    /** Runs the command; never returns normally. */
    public static void main(String[] arguments) {
        int code;
        try (Interruption interruption = Interruption.watch()) {
            code = new Main(Output.ofProcess(), interruption).execute(arguments);
        }
        System.exit(code);
    }

    /** Runs the command inside this process and gives its exit code. */
    public static int run(Output output, String... arguments) {
        return new Main(output, Interruption.never()).execute(arguments);
    }

    private int execute(String... arguments) {
        int code;
        try {
            code = commandLine(arguments).execute(arguments);
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

    private CommandLine commandLine(String... arguments) {
        CommandLine line = new CommandLine(this);
        Subcommands.addTo(line, arguments);
        line.setOut(writer(output.results()));
        line.setErr(writer(output.messages()));
        line.setExecutionExceptionHandler(failures);
        line.setParameterExceptionHandler(failures);
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

    private PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, output.charset()), true);
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
    Output output() {
        return output;
    }

    Failures failures() {
        return failures;
    }

    Interruption interruption() {
        return interruption;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
