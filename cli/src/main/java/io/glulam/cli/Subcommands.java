package io.glulam.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /**
     * Adds the commands: where the first of {@code arguments} names one, only that; else the first that any of them names,
     * and of the others what the help's list says.
     */
    static void addTo(CommandLine line, String... arguments) {
        @Nullable Class<?> first = arguments.length == 0 ? null : ALL.get(arguments[0]);
        if (first != null) {
            line.addSubcommand(first);
            return;
        }
        @Nullable
        String called =
                Arrays.stream(arguments).filter(ALL::containsKey).findFirst().orElse(null);
        ALL.forEach((name, type) -> {
            if (name.equals(called)) {
                line.addSubcommand(type);
            } else {
                line.addSubcommand(name, new CommandLine(titleOf(type)));
            }
        });
        line.addSubcommand(HelpCommand.class);
    }

    /** What the help's list says of a command, without its options. */
    private static CommandSpec titleOf(Class<?> type) {
        CommandSpec title = CommandSpec.create();
        title.usageMessage().description(type.getAnnotation(Command.class).description());
        return title;
    }
}
