package io.glulam.cli.help;

import java.util.Set;

/** What a command is for, in the order in which the help lists them. */
enum CommandGroup {
    LOOK("Look", "inspect", "head", "tail", "sample", "cat", "plan", "verify"),
    COMPACT("Compact", "compact", "merge", "restore", "store", "probe", "clean"),
    SERVE("Serve", "serve", "jobs", "datasets"),
    ABOUT("About", "demo", "config", "version", "help");

    private final String title;
    private final Set<String> commands;

    CommandGroup(String title, String... commands) {
        this.title = title;
        this.commands = Set.of(commands);
    }

    static CommandGroup of(String command) {
        for (CommandGroup group : values()) {
            if (group.commands.contains(command)) {
                return group;
            }
        }
        return ABOUT;
    }

    String title() {
        return title;
    }
}
