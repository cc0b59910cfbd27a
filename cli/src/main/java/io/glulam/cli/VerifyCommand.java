package io.glulam.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam verify}. */
@Command(
        addMethodSubcommands = false,
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compares two files value by value; exits with 0 if they are equal, with 1 if they differ.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "A", index = "0", description = "A Parquet file.")
    @SuppressWarnings("NullAway.Init")
    private Path left;

    @Parameters(paramLabel = "B", index = "1", description = "Another one.")
    @SuppressWarnings("NullAway.Init")
    private Path right;

    @Option(names = "--json", description = "The outcome as JSON.")
    private boolean json;

    @Mixin
    private ResourceOptions resources = new ResourceOptions();

    @Override
    public Integer call() {
        Verification verification = new Verification(main.output(), resources.options(spec.commandLine()));
        ExitCode outcome = json ? verification.printJson(left, right) : verification.print(left, right);
        return outcome.code();
    }
}
