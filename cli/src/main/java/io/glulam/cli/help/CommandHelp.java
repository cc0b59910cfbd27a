package io.glulam.cli.help;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The help of one command. Used once. Loops instead of lambdas of picocli's types, which no class-data archive holds: each start
 * would make them anew.
 */
public final class CommandHelp {
    private final CommandSpec spec;
    private final String command;
    private final CommandGuide guide;
    private final boolean all;
    private final HelpPage page;

    /** @param all whether every option is listed, not only the common ones */
    public CommandHelp(CommandSpec spec, boolean all, int width, Ansi colors) {
        this.spec = spec;
        this.command = spec.qualifiedName();
        this.guide = CommandGuide.of(command);
        this.all = all || guide.isEmpty();
        this.page = new HelpPage(width, colors);
    }

    /** The help as lines. */
    public String text() {
        Arrays.stream(spec.usageMessage().description()).forEach(page::paragraph);
        page.blank();
        page.paragraph("Usage: " + usage());
        addArguments();
        addCommands();
        addOptions();
        addExamples();
        addExitCodes();
        addRest();
        return page.text();
    }

    private String usage() {
        StringBuilder usage = new StringBuilder(command).append(" [OPTIONS]");
        if (!spec.subcommands().isEmpty()) {
            usage.append(" COMMAND");
        }
        for (PositionalParamSpec argument : spec.positionalParameters()) {
            String label = argument.paramLabel() + (argument.arity().max() > 1 ? "..." : "");
            usage.append(' ').append(argument.required() ? label : "[" + label + "]");
        }
        return usage.toString();
    }

    private void addArguments() {
        if (!spec.positionalParameters().isEmpty()) {
            Map<String, String> arguments = new LinkedHashMap<>();
            spec.positionalParameters()
                    .forEach(argument -> arguments.put(argument.paramLabel(), about(argument.description())));
            page.blank();
            page.entries(arguments);
        }
    }

    private void addCommands() {
        Map<CommandGroup, Map<String, String>> groups = new EnumMap<>(CommandGroup.class);
        for (Map.Entry<String, CommandLine> command : spec.subcommands().entrySet()) {
            groups.computeIfAbsent(CommandGroup.of(command.getKey()), group -> new LinkedHashMap<>())
                    .put(command.getKey(), title(command.getValue()));
        }
        groups.forEach((group, commands) -> {
            page.heading(groups.size() > 1 ? group.title() : "Commands");
            page.entries(commands);
        });
    }

    private static String title(CommandLine line) {
        CommandLine.Model.UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        return about(usage.header().length > 0 ? usage.header() : usage.description());
    }

    private void addOptions() {
        Map<String, OptionSpec> sorted = new TreeMap<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                sorted.put(option.longestName(), option);
            }
        }
        List<OptionSpec> left = new ArrayList<>(sorted.values());
        addGroup(guide.isEmpty() ? "Options" : "Most used", take(left, guide.most()));
        List<OptionSpec> shown = all ? left : take(left, guide.common());
        for (OptionGroup group : OptionGroup.values()) {
            List<OptionSpec> held = new ArrayList<>();
            for (OptionSpec option : shown) {
                if (group.holds(option.longestName())) {
                    held.add(option);
                }
            }
            addGroup(group.title(), held);
        }
    }

    /** Takes those of {@code names} out of {@code options}, in the order of the names. */
    private static List<OptionSpec> take(List<OptionSpec> options, List<String> names) {
        List<OptionSpec> taken = new ArrayList<>();
        for (String name : names) {
            for (OptionSpec option : options) {
                if (option.longestName().equals(name)) {
                    taken.add(option);
                }
            }
        }
        options.removeAll(taken);
        return taken;
    }

    private void addGroup(String title, List<OptionSpec> options) {
        if (!options.isEmpty()) {
            page.heading(title);
            Map<String, String> abouts = new LinkedHashMap<>();
            for (OptionSpec option : options) {
                abouts.put(form(option), about(option.description()));
            }
            page.entries(abouts);
        }
    }

    /** {@code -o, --output=OUT}. */
    private static String form(OptionSpec option) {
        String names = String.join(
                ", ",
                Arrays.stream(option.names())
                        .sorted(Comparator.comparingInt(String::length))
                        .toList());
        if (option.arity().max() == 0) {
            return names;
        }
        String label = option.paramLabel();
        return names + "=" + label + (option.splitRegex().isEmpty() ? "" : ",...")
                + (option.arity().min() > 1 ? " " + label : "");
    }

    private static String about(String[] lines) {
        return String.join(" ", lines).replace("%n", " ").replace("%%", "%").strip();
    }

    private void addExamples() {
        if (!guide.examples().isEmpty()) {
            page.heading(guide.examples().size() == 1 ? "Example" : "Examples");
            guide.examples().forEach(page::line);
        }
    }

    private void addExitCodes() {
        Map<String, String> codes = spec.usageMessage().exitCodeList();
        if (all && !codes.isEmpty()) {
            page.heading("Exit codes");
            page.entries(codes);
        }
    }

    private void addRest() {
        if (!all) {
            page.blank();
            page.paragraph(
                    spec.subcommands().isEmpty()
                            ? "'" + command + " --help-all' lists every option."
                            : "'" + command + " COMMAND --help' tells of a command, '" + command
                                    + " --help-all' of all options and exit codes.");
        }
    }
}
