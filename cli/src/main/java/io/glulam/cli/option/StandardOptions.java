package io.glulam.cli.option;

import picocli.CommandLine.Model.CommandSpec;

/** The options that every command has. */
public final class StandardOptions implements CommandPart {
    private final Flag help = Flag.help("Show this help message and exit.", "-h", "--help");
    private final Flag version = Flag.version("Print version information and exit.", "-V", "--version");

    @Override
    public void addTo(CommandSpec spec) {
        help.addTo(spec);
        version.addTo(spec);
    }
}
