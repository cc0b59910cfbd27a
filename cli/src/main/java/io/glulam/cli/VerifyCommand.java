package io.glulam.cli;

import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.storage.ObjectRef;

/** {@code glulam verify}. */
final class VerifyCommand extends Subcommand {
    static final String ABOUT =
            "Compares two files value by value; exits with 0 if they are equal, with 1 if they differ.";

    private final Value<String> left = Value.argument(
            0,
            Kind.TEXT,
            "A",
            "A Parquet file or an object (s3://, r2://); or one table (" + TableOptions.FORMS + ") with --snapshots.");
    private final Value<String> right = Value.argument(1, Kind.TEXT, "B", "Another one.");
    private final Flag json = new Flag("The outcome as JSON.", "--json");
    private final StoreOptions stores = new StoreOptions();
    private final ResourceOptions resources = new ResourceOptions(MemoryOption.OF_FILES);

    VerifyCommand(Main main) {
        super(main, ABOUT);
        add(left, right, json, stores, resources);
    }

    @Override
    public Integer call() {
        Verification verification = new Verification(output(), resources.options(line()));
        ObjectRef a = stores.object(left.required(), line());
        ObjectRef b = stores.object(right.required(), line());
        ExitCode outcome = json.isGiven() ? verification.printJson(a, b) : verification.print(a, b);
        return outcome.code();
    }
}
