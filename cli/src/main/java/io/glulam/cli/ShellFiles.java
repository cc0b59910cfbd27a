package io.glulam.cli;

import io.glulam.cli.shell.BashCompletion;
import io.glulam.cli.shell.DescribedCommand;
import io.glulam.cli.shell.FishCompletion;
import io.glulam.cli.shell.ManualPage;
import io.glulam.cli.shell.ZshCompletion;
import io.glulam.cli.text.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes completions and manual pages, for packages: where shells and {@code man} look for them below a prefix. */
final class ShellFiles {
    private ShellFiles() {}

    /** Arguments: the folder that gets {@code share}; the version. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]).resolve("share"), arguments[1]);
    }

    /** The command with everything under it. */
    static DescribedCommand describe() {
        return DescribedCommand.of(Main.described(Output.ofProcess()));
    }

    /** Writes all files below {@code share}. */
    static void write(Path share, String version) throws IOException {
        DescribedCommand glulam = describe();
        save(share.resolve("bash-completion/completions/glulam"), BashCompletion.of(glulam));
        save(share.resolve("zsh/site-functions/_glulam"), ZshCompletion.of(glulam));
        save(share.resolve("fish/vendor_completions.d/glulam.fish"), FishCompletion.of(glulam));
        for (DescribedCommand command : glulam.all().toList()) {
            Path page = share.resolve("man/man1/" + ManualPage.nameOf(command) + ".1");
            save(page, ManualPage.of(command, version));
        }
    }

    private static void save(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
