package io.glulam.cli.option;

import picocli.CommandLine.Model.CommandSpec;

/** A part of a command line: an option, an argument in its place, or a group of them. */
public interface CommandPart {
    /** Adds it to the command that {@code spec} describes; once. */
    void addTo(CommandSpec spec);
}
