package io.glulam.cli.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command as completions and manual pages tell of it.
 *
 * @param path the words that call it, {@code glulam} first
 * @param about one sentence for each line
 * @param options those that the help tells of, in its order
 * @param arguments those that are no options
 * @param subcommands the commands under it
 * @param exitCodes what each means; empty for commands under {@code glulam}
 */
public record DescribedCommand(
        List<String> path,
        List<String> about,
        List<Option> options,
        List<Argument> arguments,
        List<DescribedCommand> subcommands,
        Map<String, String> exitCodes) {
    /**
     * An option.
     *
     * @param names with their dashes, the shortest first
     * @param label what its value is called; empty if it takes none
     * @param words the values that it can have; empty if they are not a list
     * @param about what it does
     */
    public record Option(List<String> names, String label, List<String> words, String about) {
        /** Whether a value follows it. */
        public boolean takesValue() {
            return !label.isEmpty();
        }
    }

    /** An argument: what it is called, and what it is. */
    public record Argument(String label, String about) {}

    /** Describes {@code line} and all commands under it. */
    public static DescribedCommand of(CommandLine line) {
        return of(line, List.of(line.getCommandName()));
    }

    private static DescribedCommand of(CommandLine line, List<String> path) {
        CommandSpec spec = line.getCommandSpec();
        return new DescribedCommand(
                path,
                about(spec),
                spec.options().stream()
                        .filter(option -> !option.hidden())
                        .map(DescribedCommand::option)
                        .toList(),
                spec.positionalParameters().stream()
                        .map(argument -> new Argument(argument.paramLabel(), text(argument)))
                        .toList(),
                line.getSubcommands().entrySet().stream()
                        .map(below -> of(below.getValue(), with(path, below.getKey())))
                        .toList(),
                spec.usageMessage().exitCodeList());
    }

    private static List<String> with(List<String> path, String name) {
        return Stream.concat(path.stream(), Stream.of(name)).toList();
    }

    private static List<String> about(CommandSpec spec) {
        String[] header = spec.usageMessage().header();
        String[] lines = header.length > 0 ? header : spec.usageMessage().description();
        return Arrays.stream(lines).map(DescribedCommand::plain).toList();
    }

    private static Option option(OptionSpec option) {
        boolean flag = option.arity().max() == 0;
        return new Option(
                Arrays.stream(option.names())
                        .sorted((a, b) -> a.length() - b.length())
                        .toList(),
                flag ? "" : option.paramLabel(),
                words(option),
                text(option));
    }

    private static List<String> words(ArgSpec option) {
        List<String> words = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(words::add);
        }
        return words;
    }

    private static String text(ArgSpec argument) {
        return plain(String.join(" ", argument.description()));
    }

    /** Without picocli's marks for new lines and for percent signs. */
    private static String plain(String text) {
        return text.replace("%n", " ").replace("%%", "%").strip();
    }

    /** Its last word. */
    public String name() {
        return path.get(path.size() - 1);
    }

    /** Returns the command's purpose, on one line. */
    public String title() {
        return String.join(" ", about).strip();
    }

    /** It and all commands under it, it first. */
    public Stream<DescribedCommand> all() {
        return Stream.concat(Stream.of(this), subcommands.stream().flatMap(DescribedCommand::all));
    }
}
