package io.glulam.cli;

import java.util.ArrayList;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/** Makes picocli's objects such that it looks for nothing that is not there. */
final class CommandLines {
    private static final IFactory LISTS = new Lists();

    private CommandLines() {}

    /** The description of a command that {@code command} carries out; parts and names are still to be added. */
    static CommandSpec spec(Object command, String... about) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command, LISTS).versionProvider(new Version());
        spec.usageMessage().description(about);
        return spec;
    }

    static CommandLine of(CommandSpec spec) {
        return new CommandLine(spec, LISTS);
    }

    /** Makes lists for options with several values, the only thing that is asked for; picocli's own looks for Groovy. */
    private static final class Lists implements IFactory {
        @Override
        public <T> T create(Class<T> type) {
            return type.cast(new ArrayList<>());
        }
    }
}
