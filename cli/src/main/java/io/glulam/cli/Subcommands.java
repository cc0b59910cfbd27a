package io.glulam.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The commands that {@code glulam} has, in the order in which the help lists them. Picocli learns only the one that is
 * called, where that is plain: to learn them all is a third of the time that a start takes.
 */
final class Subcommands {
    private static final Map<String, Class<?>> ALL = all();
    private static final Set<String> HELP = Set.of("-h", "--help", "help");

    private Subcommands() {}

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> all = new LinkedHashMap<>();
        all.put("inspect", InspectCommand.class);
        all.put("plan", PlanCommand.class);
        all.put("compact", CompactCommand.class);
        all.put("verify", VerifyCommand.class);
        all.put("restore", RestoreCommand.class);
        all.put("store", StoreCommand.class);
        all.put("demo", DemoCommand.class);
        all.put("serve", ServeCommand.class);
        all.put("jobs", JobsCommand.class);
        all.put("datasets", DatasetsCommand.class);
        all.put("version", VersionCommand.class);
        return all;
    }

    /** Adds the command that the first of {@code arguments} names; all of them where it names none. */
    static void addTo(CommandLine line, String... arguments) {
        @Nullable Class<?> called = arguments.length == 0 ? null : ALL.get(arguments[0]);
        if (called != null) {
            line.addSubcommand(called);
            return;
        }
        if (isHelp(arguments)) {
            ALL.forEach((name, type) -> line.addSubcommand(name, new CommandLine(titleOf(type))));
        } else {
            ALL.values().forEach(line::addSubcommand);
        }
        line.addSubcommand(HelpCommand.class);
    }

    /** Whether only what the commands are called and do is asked for. */
    private static boolean isHelp(String... arguments) {
        return arguments.length == 0 || arguments.length == 1 && HELP.contains(arguments[0]);
    }

    /** What the help's list says of a command, without its options. */
    private static CommandSpec titleOf(Class<?> type) {
        CommandSpec title = CommandSpec.create();
        title.usageMessage().description(type.getAnnotation(Command.class).description());
        return title;
    }
}
