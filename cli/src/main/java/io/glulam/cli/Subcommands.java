package io.glulam.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands that {@code glulam} has, in the order in which the help lists them. Picocli learns only the one that is
 * called, where that is plain.
 */
final class Subcommands {
    /** The sentences of the help's list. */
    private static final Map<String, String> TITLES = titles();

    private Subcommands() {}

    private static Map<String, String> titles() {
        Map<String, String> titles = new LinkedHashMap<>();
        titles.put("inspect", InspectCommand.ABOUT);
        titles.put("head", RowsCommand.Which.FIRST.about());
        titles.put("tail", RowsCommand.Which.LAST.about());
        titles.put("sample", RowsCommand.Which.RANDOM.about());
        titles.put("cat", RowsCommand.Which.ALL.about());
        titles.put("plan", PlanCommand.ABOUT);
        titles.put("compact", CompactCommand.ABOUT);
        titles.put("merge", MergeCommand.ABOUT);
        titles.put("verify", VerifyCommand.ABOUT);
        titles.put("restore", RestoreCommand.ABOUT);
        titles.put("store", StoreCommand.ABOUT);
        titles.put("demo", DemoCommand.ABOUT);
        titles.put("serve", ServeCommand.ABOUT);
        titles.put("jobs", JobsCommand.ABOUT);
        titles.put("datasets", DatasetsCommand.ABOUT);
        titles.put("config", ConfigCommand.ABOUT);
        titles.put("version", VersionCommand.ABOUT);
        return titles;
    }

    /** The commands that also work on tables. */
    private static final Set<String> OF_TABLES = Set.of("inspect", "plan", "compact", "verify");

    /** The commands of servers, which have settings of their own, and those that no setting concerns. */
    private static final Set<String> UNCONFIGURED = Set.of("serve", "jobs", "datasets", "config", "version", "help");

    /** Whether values that are set once for all runs count for the command that {@code arguments} call. */
    static boolean takesConfiguration(String... arguments) {
        return isCalledBy(arguments) && !UNCONFIGURED.contains(arguments[0]);
    }

    private static Subcommand make(String name, Main main, String... arguments) {
        if (OF_TABLES.contains(name) && TableOptions.areMeantBy(arguments)) {
            return TableCommand.of(name, main);
        }
        return switch (name) {
            case "inspect" -> new InspectCommand(main);
            case "head" -> new RowsCommand(main, RowsCommand.Which.FIRST);
            case "tail" -> new RowsCommand(main, RowsCommand.Which.LAST);
            case "sample" -> new RowsCommand(main, RowsCommand.Which.RANDOM);
            case "cat" -> new RowsCommand(main, RowsCommand.Which.ALL);
            case "plan" -> new PlanCommand(main);
            case "compact" -> new CompactCommand(main);
            case "merge" -> new MergeCommand(main);
            case "verify" -> new VerifyCommand(main);
            case "restore" -> new RestoreCommand(main);
            case "store" -> new StoreCommand(main);
            case "demo" -> new DemoCommand(main);
            case "serve" -> new ServeCommand(main);
            case "jobs" -> new JobsCommand(main);
            case "datasets" -> new DatasetsCommand(main);
            case "config" -> new ConfigCommand(main);
            case "version" -> new VersionCommand(main);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Whether the first of {@code arguments} names a command, so that nothing else of {@code glulam} is asked for. */
    static boolean isCalledBy(String... arguments) {
        return arguments.length > 0 && TITLES.containsKey(arguments[0]);
    }

    /**
     * Adds the commands: where the first of {@code arguments} names one, only that; else the first that any of them names,
     * and of the others what the help's list says.
     */
    static void addTo(CommandSpec spec, Main main, String... arguments) {
        if (isCalledBy(arguments)) {
            spec.addSubcommand(
                    arguments[0],
                    CommandLines.of(make(arguments[0], main, arguments).spec()));
            return;
        }
        @Nullable
        String called =
                Arrays.stream(arguments).filter(TITLES::containsKey).findFirst().orElse(null);
        // No lambda: of picocli's types each start would make it anew.
        for (Map.Entry<String, String> title : TITLES.entrySet()) {
            String name = title.getKey();
            CommandSpec command = name.equals(called)
                    ? make(name, main, arguments).spec()
                    : CommandLines.spec(main, title.getValue());
            spec.addSubcommand(name, CommandLines.of(command));
        }
        spec.addSubcommand("help", CommandLines.of(new HelpCommand().spec()));
    }

    /** Adds all commands with all that they take. */
    static void addAllTo(CommandSpec spec, Main main) {
        TITLES.keySet()
                .forEach(name -> spec.addSubcommand(
                        name, CommandLines.of(make(name, main).spec())));
        spec.addSubcommand("help", CommandLines.of(new HelpCommand().spec()));
    }
}
