package io.glulam.cli.option;

import io.glulam.cli.help.CommandHelp;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that every command has, and its help. */
public final class StandardOptions implements CommandPart {
    private static final String SECTION = "glulam";

    private static final String ALL = "--help-all";

    private final Flag help =
            Flag.help("Show the options used most, or with --help-all all of them, and exit.", "-h", "--help", ALL);
    private final Flag version = Flag.version("Print version information and exit.", "-V", "--version");

    @Override
    public void addTo(CommandSpec spec) {
        help.addTo(spec);
        version.addTo(spec);
        spec.usageMessage().sectionKeys(List.of(SECTION)).sectionMap(Map.of(SECTION, new Section()));
    }

    /** A class, not a lambda: see {@link Words}. */
    private static final class Section implements IHelpSectionRenderer {
        @Override
        public String render(Help help) {
            CommandSpec spec = help.commandSpec();
            return new CommandHelp(
                            spec,
                            isAll(spec.commandLine()),
                            spec.usageMessage().width(),
                            help.colorScheme().ansi())
                    .text();
        }

        private static boolean isAll(CommandLine line) {
            CommandLine first = line.getParent() == null ? line : line.getParent();
            ParseResult parsed = first.getParseResult();
            return parsed != null && parsed.originalArgs().contains(ALL);
        }
    }
}
