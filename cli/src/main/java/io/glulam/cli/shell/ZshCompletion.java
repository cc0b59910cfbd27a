package io.glulam.cli.shell;

import io.glulam.cli.shell.DescribedCommand.Option;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The completion for zsh: a function for each command, each with what {@code _arguments} has to know. */
public final class ZshCompletion {
    private ZshCompletion() {}

    /** The file's text. */
    public static String of(DescribedCommand root) {
        return "#compdef glulam\n\n"
                + root.all().map(ZshCompletion::function).collect(Collectors.joining("\n"))
                + "\n_glulam \"$@\"\n";
    }

    private static String function(DescribedCommand command) {
        StringBuilder text = new StringBuilder();
        text.append(nameOf(command)).append("() {\n");
        boolean parent = !command.subcommands().isEmpty();
        if (parent) {
            text.append("    local curcontext=$curcontext state line\n");
        }
        text.append("    _arguments -s").append(parent ? " -C" : "");
        command.options().stream().flatMap(ZshCompletion::specs).forEach(spec -> line(text, spec));
        if (parent) {
            line(text, "'1:command:->command' '*::argument:->arguments'");
            text.append('\n').append(choice(command));
        } else {
            line(text, "'*:file:_files'");
            text.append('\n');
        }
        return text.append("}\n").toString();
    }

    private static void line(StringBuilder text, String spec) {
        text.append(" \\\n        ").append(spec);
    }

    private static String choice(DescribedCommand command) {
        StringBuilder text =
                new StringBuilder("    case $state in\n        command)\n            local -a commands=(\n");
        for (DescribedCommand below : command.subcommands()) {
            text.append("                ")
                    .append(quoted(below.name() + ":" + below.title()))
                    .append('\n');
        }
        text.append("            )\n            _describe command commands\n            ;;\n        arguments)\n");
        text.append("            case $line[1] in\n");
        for (DescribedCommand below : command.subcommands()) {
            text.append("                ")
                    .append(below.name())
                    .append(") ")
                    .append(nameOf(below))
                    .append(" ;;\n");
        }
        return text.append("            esac\n            ;;\n    esac\n").toString();
    }

    private static String nameOf(DescribedCommand command) {
        return "_" + String.join("_", command.path());
    }

    private static Stream<String> specs(Option option) {
        return option.names().stream().map(name -> {
            String value = option.takesValue() && name.startsWith("--") ? name + "=" : name;
            String about =
                    "[" + option.about().replace("[", "\\[").replace("]", "\\]").replace(":", "\\:") + "]";
            return quoted(value + about + action(option));
        });
    }

    private static String action(Option option) {
        if (!option.takesValue()) {
            return "";
        }
        String label = option.label().replaceAll("[^A-Za-z]", "");
        return ":" + label + ":" + (option.words().isEmpty() ? "_files" : "(" + String.join(" ", option.words()) + ")");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
