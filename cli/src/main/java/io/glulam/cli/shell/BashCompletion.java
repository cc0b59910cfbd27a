package io.glulam.cli.shell;

import io.glulam.cli.shell.DescribedCommand.Option;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The completion for bash: a function that finds the command among the words and offers what may follow. */
public final class BashCompletion {
    private BashCompletion() {}

    /** The file's text. */
    public static String of(DescribedCommand root) {
        return """
                # bash completion of glulam
                _glulam() {
                    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} path=glulam word i
                    local options commands values
                    [ "$current" != = ] || current=
                    [ "$previous" != = ] || previous=${COMP_WORDS[COMP_CWORD - 2]}
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        word=${COMP_WORDS[i]}
                        case "$path $word" in
                            %s) path="$path $word" ;;
                        esac
                    done
                    case $path in
                %s    esac
                    case $path:$previous in
                %s    esac
                    if [ -n "$values" ]; then
                        [ "$values" = FILES ] || COMPREPLY=($(compgen -W "$values" -- "$current"))
                    elif [ "${current:0:1}" = - ]; then
                        COMPREPLY=($(compgen -W "$options" -- "$current"))
                        case "${COMPREPLY[*]}" in *=) compopt -o nospace ;; esac
                    elif [ -n "$commands" ]; then
                        COMPREPLY=($(compgen -W "$commands" -- "$current"))
                    fi
                }
                complete -o bashdefault -o default -F _glulam glulam
                """.formatted(calls(root), offers(root), values(root));
    }

    private static String calls(DescribedCommand root) {
        return root.all()
                .filter(command -> command.path().size() > 1)
                .map(command -> '"' + String.join(" ", command.path()) + '"')
                .collect(Collectors.joining(" | "));
    }

    private static String offers(DescribedCommand root) {
        return root.all()
                .map(command -> "        \"%s\") options='%s' commands='%s' ;;\n"
                        .formatted(
                                String.join(" ", command.path()),
                                command.options().stream()
                                        .flatMap(BashCompletion::names)
                                        .collect(Collectors.joining(" ")),
                                command.subcommands().stream()
                                        .map(DescribedCommand::name)
                                        .collect(Collectors.joining(" "))))
                .collect(Collectors.joining());
    }

    private static Stream<String> names(Option option) {
        return option.names().stream().map(name -> option.takesValue() && name.startsWith("--") ? name + "=" : name);
    }

    private static String values(DescribedCommand root) {
        return root.all()
                .flatMap(command -> command.options().stream()
                        .filter(Option::takesValue)
                        .map(option -> "        %s) values='%s' ;;\n"
                                .formatted(patterns(command.path(), option), valuesOf(option))))
                .collect(Collectors.joining());
    }

    private static String patterns(List<String> path, Option option) {
        return option.names().stream()
                .map(name -> '"' + String.join(" ", path) + ':' + name + '"')
                .collect(Collectors.joining(" | "));
    }

    private static String valuesOf(Option option) {
        return option.words().isEmpty() ? "FILES" : String.join(" ", option.words());
    }
}
