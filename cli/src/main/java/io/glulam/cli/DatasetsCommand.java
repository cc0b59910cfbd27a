package io.glulam.cli;

import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.cli.serve.Datasets;
import io.glulam.cli.serve.LocalServer;
import io.glulam.cli.serve.ServerClient;

/** {@code glulam datasets}. */
final class DatasetsCommand extends Subcommand {
    static final String ABOUT = "Lists, adds and flags the datasets of a server, and finds fragmented objects.";

    /** The actions of the command. */
    enum Action {
        LIST,
        ADD,
        FLAG,
        SCAN
    }

    private final Value<Action> action = Value.optionalArgument(
            0,
            Words.constant(Action.class),
            "ACTION",
            "list (default), add ID KEY, flag ID, or scan [PREFIX]: look through the footers of the Parquet objects"
                    + " under a prefix and flag the datasets of the fragmented ones.");
    private final Value<String> subject =
            Value.optionalArgument(1, Kind.TEXT, "ID|PREFIX", "A dataset, or a prefix of keys.");
    private final Value<String> key = Value.optionalArgument(2, Kind.TEXT, "KEY", "add: the object's key.");
    private final ServerOptions server = new ServerOptions();
    private final Value<String> data = Value.option(
            Kind.TEXT, "DIR", "Use a server's folder of data; no server may run on it meanwhile.", "--data");
    private final Flag flagged = new Flag("list: only flagged ones. add: flag it.", "--flagged");
    private final Flag added =
            new Flag("scan: add datasets for objects that the catalog does not know, by their keys.", "--add");
    private final Flag dryRun = new Flag("scan: flag and add nothing.", "--dry-run");

    DatasetsCommand(Main main) {
        super(main, ABOUT);
        add(action, subject, key, server, data, flagged, added, dryRun);
    }

    @Override
    public Integer call() {
        String folder = data.get();
        if (folder == null) {
            return run(server.client());
        }
        if (server.isNamed()) {
            throw misused("--server and --data exclude each other");
        }
        try (LocalServer local = LocalServer.open(folder)) {
            return run(local.client());
        } catch (IllegalArgumentException invalid) {
            throw misused(String.valueOf(invalid.getMessage()));
        }
    }

    private int run(ServerClient client) {
        Datasets datasets = new Datasets(output(), client, server.json());
        return switch (action.or(Action.LIST)) {
            case LIST -> datasets.list(flagged.isGiven());
            case ADD -> datasets.add(required(subject, "ID"), required(key, "KEY"), flagged.isGiven());
            case FLAG -> datasets.flag(required(subject, "ID"));
            case SCAN -> datasets.scan(subject.or(""), dryRun.isGiven(), added.isGiven() && !dryRun.isGiven());
        };
    }

    private String required(Value<String> argument, String name) {
        String value = argument.get();
        if (value == null) {
            throw misused("the " + name + " is missing");
        }
        return value;
    }
}
