package io.glulam.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

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
        ALL.values().forEach(line::addSubcommand);
        line.addSubcommand(HelpCommand.class);
    }
}
