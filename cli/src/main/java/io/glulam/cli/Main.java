package io.glulam.cli;

import io.glulam.cli.config.Configuration;
import io.glulam.cli.config.ConfiguredValues;
import io.glulam.cli.option.StandardOptions;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.cli.text.Output;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The command's entry: hands the arguments to picocli and ends the process with the exit code. */
public final class Main implements Runnable {
    /** When results are coloured. */
    enum When {
        AUTO,
        ALWAYS,
        NEVER
    }

    private final Output output;
    private final Interruption interruption;
    private final Map<String, String> environment;
    private final Failures failures;
    private final CommandSpec spec;
    private final Value<When> color = Value.inherited(
            Words.constant(When.class),
            "WHEN",
            "Color results: auto (on a terminal, unless NO_COLOR is set), always or never.",
            "--color");

    /** @param environment what may set values of options once for all runs */
    private Main(Output output, Interruption interruption, Map<String, String> environment) {
        this.output = output;
        this.interruption = interruption;
        this.environment = environment;
        this.failures = new Failures(output, interruption);
        this.spec = CommandLines.spec(this, "Compacts fragmented Parquet files by moving their bytes.")
                .name("glulam");
        spec.usageMessage().synopsisSubcommandLabel("COMMAND");
        color.addTo(spec);
        new StandardOptions().addTo(spec);
    }

    /** Runs the command and ends the process. */
    public static void main(String[] arguments) {
        // Picocli would look up by reflection how types of no option are converted.
        System.setProperty("picocli.converters.excludes", ".*");
        StoreAccess.prepare(System.getenv(), arguments);
        int code;
        try (Interruption interruption = Interruption.watch()) {
            code = new Main(Output.ofProcess(), interruption, System.getenv()).execute(arguments);
        }
        if (code != 0 || !isAlone()) {
            System.exit(code);
        }
        // Otherwise the process ends by itself. Since Java 21 an exit first looks through all jars for a logger.
    }

    /** Whether no other thread keeps the process running. */
    private static boolean isAlone() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] threads = new Thread[group.activeCount() + 16];
        int count = group.enumerate(threads);
        boolean alone = count < threads.length;
        for (int i = 0; i < count && alone; i++) {
            alone = threads[i].isDaemon() || threads[i].equals(Thread.currentThread());
        }
        return alone;
    }

    /** Runs the command inside this process, with nothing set but what is typed, and gives its exit code. */
    public static int run(Output output, String... arguments) {
        return run(output, Map.of(), arguments);
    }

    /** The same with {@code environment} for what is set once for all runs. */
    static int run(Output output, Map<String, String> environment, String... arguments) {
        return new Main(output, Interruption.never(), environment).execute(arguments);
    }

    /** The command with all of its subcommands, for what is made from their descriptions. */
    static CommandLine described(Output output) {
        Main main = new Main(output, Interruption.never(), Map.of());
        Subcommands.addAllTo(main.spec, main);
        listExitCodes(main.spec.usageMessage());
        return CommandLines.of(main.spec);
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
        Subcommands.addTo(spec, this, arguments);
        CommandLine line = CommandLines.of(spec);
        if (Subcommands.takesConfiguration(arguments)) {
            line.setDefaultValueProvider(new ConfiguredValues(Configuration.of(environment)));
        }
        line.setExecutionStrategy(new Execution());
        line.setOut(writer(output.results()));
        line.setErr(writer(output.messages()));
        line.setExecutionExceptionHandler(failures);
        line.setParameterExceptionHandler(failures);
        line.setColorScheme(Help.defaultColorScheme(output.terminal().color() ? Help.Ansi.ON : Help.Ansi.OFF));
        line.setUsageHelpWidth(Math.max(60, Math.min(120, output.width())));
        line.setAbbreviatedOptionsAllowed(false);
        if (!Subcommands.isCalledBy(arguments)) {
            listExitCodes(spec.usageMessage());
        }
        return line;
    }

    private static void listExitCodes(UsageMessageSpec help) {
        help.exitCodeListHeading("%nExit codes:%n");
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode code : ExitCode.values()) {
            codes.put(Integer.toString(code.code()), code.meaning());
        }
        help.exitCodeList(codes);
    }

    private PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, output.charset()), true);
    }

    /** The options whose values can be set once for all runs. */
    Map<String, String> environment() {
        return environment;
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

    /** Carries out what was read, with the colours that are asked for. */
    private final class Execution implements IExecutionStrategy {
        @Override
        public int execute(ParseResult parsed) {
            When when = color.or(When.AUTO);
            if (when != When.AUTO) {
                output.forceColor(when == When.ALWAYS);
            }
            return new RunLast().execute(parsed);
        }
    }
}
