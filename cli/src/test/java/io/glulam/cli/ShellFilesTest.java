package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.cli.shell.DescribedCommand;
import io.glulam.cli.shell.DescribedCommand.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What packages hold for shells and {@code man}. */
class ShellFilesTest {
    @TempDir
    Path share;

    private final DescribedCommand glulam = ShellFiles.describe();

    @BeforeEach
    void write() throws IOException {
        ShellFiles.write(share, "1.2.3");
    }

    @Test
    void everyCommandHasAManualPageWithItsOptions() throws IOException {
        for (DescribedCommand command : glulam.all().toList()) {
            Path page = share.resolve("man/man1/" + String.join("-", command.path()) + ".1");
            String text = Files.readString(page);
            assertThat(text).startsWith(".TH ").contains("glulam 1.2.3", ".SH NAME", ".SH OPTIONS");
            for (Option option : command.options()) {
                assertThat(text).contains(option.names().get(0).replace("-", "\\-"));
            }
        }
    }

    @Test
    void fishAndZshKnowEveryOption() throws IOException {
        String fish = Files.readString(share.resolve("fish/vendor_completions.d/glulam.fish"));
        String zsh = Files.readString(share.resolve("zsh/site-functions/_glulam"));
        glulam.all()
                .flatMap(command -> command.options().stream())
                .flatMap(option -> option.names().stream())
                .filter(name -> name.startsWith("--"))
                .forEach(name -> {
                    assertThat(fish).contains(" -l " + name.substring(2) + " ");
                    assertThat(zsh).contains("'" + name);
                });
    }

    @Test
    void bashCompletesCommandsOptionsAndTheirWords() throws IOException, InterruptedException {
        assertThat(complete("glulam", "comp")).containsExactly("compact");
        assertThat(complete("glulam", "store", "")).containsExactly("probe", "clean");
        assertThat(complete("glulam", "compact", "a.parquet", "--eff")).containsExactly("--effort=");
        assertThat(complete("glulam", "compact", "--effort", "=", "")).containsExactly("copy", "balanced", "smallest");
        assertThat(complete("glulam", "compact", "--effort", "=", "s")).containsExactly("smallest");
        assertThat(complete("glulam", "compact", "--output", "x")).isEmpty();
    }

    /** What bash offers for the last of {@code words}; files, which it offers itself, are not among it. */
    private List<String> complete(String... words) throws IOException, InterruptedException {
        String script = "compopt() { :; }; source \"$0\"; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _glulam;"
                + " printf '%s\\n' \"${COMPREPLY[@]}\"";
        List<String> command = Stream.concat(
                        Stream.of(
                                "bash",
                                "-c",
                                script,
                                share.resolve("bash-completion/completions/glulam")
                                        .toString()),
                        Arrays.stream(words))
                .toList();
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).isZero();
        return text.lines().filter(line -> !line.isEmpty()).toList();
    }
}
