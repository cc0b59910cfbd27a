package io.glulam.cli;

import java.io.IOException;

/** {@code glulam version}. */
final class VersionCommand extends Subcommand {
    static final String ABOUT = "Says which build this is and which Java runs it.";

    VersionCommand(Main main) {
        super(main, ABOUT);
    }

    @Override
    public Integer call() throws IOException {
        for (String line : new Version().getVersion()) {
            output().line(line);
        }
        return ExitCode.DONE.code();
    }
}
