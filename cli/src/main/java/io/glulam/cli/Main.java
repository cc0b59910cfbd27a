package io.glulam.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command's entry: hands the arguments to picocli and ends the process with the exit code. */
@Command(
        name = "glulam",
        description = "Compacts fragmented Parquet files by moving their bytes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {VersionCommand.class})
public final class Main implements Runnable {
    /** Runs the command; never returns normally. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }
}
