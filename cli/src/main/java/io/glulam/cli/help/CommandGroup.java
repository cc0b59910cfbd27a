package io.glulam.cli.help;

/** The groups of commands, in the order in which the help lists them. */
enum CommandGroup {
    LOOK("Look"),
    COMPACT("Compact"),
    SERVE("Serve"),
    ABOUT("About");

    private final String title;

    CommandGroup(String title) {
        this.title = title;
    }

    static CommandGroup of(String command) {
        return switch (command) {
            case "inspect", "head", "tail", "sample", "cat", "plan", "verify" -> LOOK;
            case "compact", "merge", "restore", "store", "probe", "clean" -> COMPACT;
            case "serve", "jobs", "datasets" -> SERVE;
            default -> ABOUT;
        };
    }

    String title() {
        return title;
    }
}
