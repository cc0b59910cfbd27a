package io.glulam.cli.shell;

import io.glulam.cli.shell.DescribedCommand.Option;
import java.util.stream.Collectors;

/** The completion for fish: a line for each option and command, with the condition under which it is offered. */
public final class FishCompletion {
    private FishCompletion() {}

    /** The file's text. */
    public static String of(DescribedCommand root) {
        return "# fish completion of glulam\n"
                + root.all().map(FishCompletion::lines).collect(Collectors.joining());
    }

    private static String lines(DescribedCommand command) {
        String condition = condition(command);
        StringBuilder text = new StringBuilder();
        for (DescribedCommand below : command.subcommands()) {
            text.append("complete -c glulam -f -n ")
                    .append(quoted(condition))
                    .append(" -a ")
                    .append(below.name())
                    .append(" -d ")
                    .append(quoted(below.title()))
                    .append('\n');
        }
        for (Option option : command.options()) {
            text.append(line(condition, option)).append('\n');
        }
        return text.toString();
    }

    private static String condition(DescribedCommand command) {
        int depth = command.path().size();
        if (depth == 1) {
            return "__fish_use_subcommand";
        }
        String seen = command.path().stream()
                .skip(1)
                .map(name -> "__fish_seen_subcommand_from " + name)
                .collect(Collectors.joining("; and "));
        return command.subcommands().isEmpty()
                ? seen
                : seen
                        + "; and not __fish_seen_subcommand_from "
                        + command.subcommands().stream()
                                .map(DescribedCommand::name)
                                .collect(Collectors.joining(" "));
    }

    private static String line(String condition, Option option) {
        StringBuilder text = new StringBuilder("complete -c glulam -n ").append(quoted(condition));
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.takesValue()) {
            text.append(option.words().isEmpty() ? " -r" : " -x -a " + quoted(String.join(" ", option.words())));
        }
        return text.append(" -d ").append(quoted(option.about())).toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
