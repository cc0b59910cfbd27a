package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.glulam.cli.help.OptionGroup;
import io.glulam.cli.shell.DescribedCommand;
import io.glulam.cli.shell.DescribedCommand.Option;
import io.glulam.cli.text.Output;
import io.glulam.cli.text.Terminal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code --help} and {@code --help-all} print. */
class HelpTest {
    private static final Terminal SCREEN = new Terminal(false, false, 100, false);

    static Stream<DescribedCommand> commands() {
        return ShellFiles.describe().all();
    }

    private static String[] called(DescribedCommand command, String option) {
        return Stream.concat(command.path().stream().skip(1), Stream.of(option)).toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpFitsAScreenOf100ColumnsBy40LinesWithThePromptAfterIt(DescribedCommand command) {
        Run run = Run.on(SCREEN, (Object[]) called(command, "--help"));

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Usage: " + String.join(" ", command.path()));
        assertThat(run.out().lines().count()).as(run.out()).isLessThanOrEqualTo(39);
        assertThat(run.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpAllListsEveryOptionOnce(DescribedCommand command) {
        String help = Run.of((Object[]) called(command, "--help-all")).out();

        for (Option option : command.options()) {
            String name = option.names().get(option.names().size() - 1);
            assertThat(help.lines().filter(line -> line.matches(" +(-\\S+, )*" + name + "([ =].*)?")))
                    .as(name)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsInOneGroup(DescribedCommand command) {
        for (Option option : command.options()) {
            String name = option.names().get(option.names().size() - 1);
            assertThat(Arrays.stream(OptionGroup.values()).filter(group -> group.holds(name)))
                    .as(name)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpOfNarrowTerminalsIsNotCut(DescribedCommand command) {
        assertThat(Run.of((Object[]) called(command, "--help-all"))
                        .out()
                        .lines()
                        .filter(line -> !line.startsWith("  glulam ")))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void theOptionsUsedMostComeFirst() {
        assertThat(Run.of("compact", "--help").out())
                .containsSubsequence("Most used", "--output", "--in-place", "How", "Output", "Examples");
    }

    @Test
    void examplesAreCommandsThatExist() {
        List<String> names =
                commands().map(command -> String.join(" ", command.path())).toList();

        commands()
                .forEach(command -> Run.of((Object[]) called(command, "--help"))
                        .out()
                        .lines()
                        .filter(line -> line.startsWith("  glulam "))
                        .forEach(line -> assertThat(names)
                                .anyMatch(name -> line.startsWith("  " + name + " ") || line.equals("  " + name))));
    }

    @Test
    void examplesHaveAllThatTheirCommandsAskFor() {
        commands()
                .flatMap(command ->
                        Run.of((Object[]) called(command, "--help")).out().lines())
                .filter(line -> line.startsWith("  glulam "))
                .map(line -> line.strip().replaceAll(" >.*", "").split(" ", -1))
                .forEach(words -> assertThatCode(() -> Main.described(Output.ofProcess())
                                .parseArgs(Arrays.copyOfRange(words, 1, words.length)))
                        .as(String.join(" ", words))
                        .doesNotThrowAnyException());
    }

    @Test
    void memoryHasTheBoundsOfItsCommand() {
        assertThat(sentences("compact", "--help")).contains(": at least 96MiB (default: 128MiB; 256MiB with --effort");
        assertThat(sentences("compact", "delta:t", "--help-all")).contains(": at least 192MiB (default: 256MiB)");
        assertThat(sentences("inspect", "--help")).contains(": at least 96MiB (default: 128MiB).");
        assertThat(sentences("cat", "--help")).contains("with --format arrow at least 192MiB (256MiB)");
    }

    private static String sentences(Object... arguments) {
        return Run.of(arguments).out().replaceAll("\\s+", " ");
    }

    @Test
    void withoutACommandTheHelpIsShown() {
        Run run = Run.of();

        assertThat(run.code()).isZero();
        assertThat(run.out()).containsSubsequence("Usage: glulam", "Look", "Compact", "Serve", "Examples");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void helpIsACommandToo() {
        assertThat(Run.of("help", "compact")).isEqualTo(Run.of("compact", "--help"));
        assertThat(Run.of("help")).isEqualTo(Run.of("--help"));
    }

    @Test
    void everyExitCodeIsInTheWholeHelp() {
        String help = Run.of("--help-all").out();

        for (ExitCode code : ExitCode.values()) {
            assertThat(help.lines()).anyMatch(line -> line.matches(" +" + code.code() + " +.*"));
            assertThat(help.replaceAll("\\s+", " ")).contains(code.meaning());
        }
    }

    @Test
    void namesAreBoldOnlyWhereColourIs() {
        Terminal colored = new Terminal(true, true, 100, true);

        assertThat(Run.on(colored, "compact", "--help").out()).contains("\u001b[1m--in-place\u001b[0m");
        assertThat(Run.on(SCREEN, "compact", "--help").out()).doesNotContain("\u001b");
    }
}
