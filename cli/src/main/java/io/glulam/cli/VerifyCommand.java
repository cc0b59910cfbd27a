package io.glulam.cli;

import io.glulam.storage.StoredObject;
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

    @Parameters(paramLabel = "A", index = "0", description = "A Parquet file or object (s3://, r2://).")
    private String left = "";

    @Parameters(paramLabel = "B", index = "1", description = "Another one.")
    private String right = "";

    @Option(names = "--json", description = "The outcome as JSON.")
    private boolean json;

    @Mixin
    private StoreOptions stores = new StoreOptions();

    @Mixin
    private ResourceOptions resources = new ResourceOptions();

    @Override
    public Integer call() {
        Verification verification = new Verification(main.output(), resources.options(spec.commandLine()));
        StoredObject a = stores.object(left, spec.commandLine());
        StoredObject b = stores.object(right, spec.commandLine());
        ExitCode outcome = json ? verification.printJson(a, b) : verification.print(a, b);
        return outcome.code();
    }
}
