package io.glulam.cli;

import io.glulam.cli.serve.Datasets;
import io.glulam.cli.serve.LocalServer;
import io.glulam.cli.serve.ServerClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code glulam datasets}. */
@Command(
        name = "datasets",
        mixinStandardHelpOptions = true,
        description = "Lists, adds and flags the datasets of a server, and finds fragmented objects.")
final class DatasetsCommand implements Callable<Integer> {
    /** What can be done. */
    enum Action {
        LIST,
        ADD,
        FLAG,
        SCAN
    }

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            description = "list, add ID KEY, flag ID, or scan [PREFIX]: look through the footers of the Parquet objects"
                    + " under a prefix and flag the datasets of the fragmented ones.")
    private Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID|PREFIX", description = "A dataset, or a prefix of keys.")
    private @Nullable String subject;

    @Parameters(index = "2", arity = "0..1", paramLabel = "KEY", description = "add: the object's key.")
    private @Nullable String key;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Use a server's folder of data instead, while no server does.")
    private @Nullable String data;

    @Option(names = "--flagged", description = "list: only flagged ones. add: flag it.")
    private boolean flagged;

    @Option(
            names = "--add",
            description = "scan: add datasets for objects that the catalog does not know, by their keys.")
    private boolean add;

    @Option(names = "--dry-run", description = "scan: flag and add nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (data == null) {
            return run(server.client());
        }
        if (server.isNamed()) {
            throw new ParameterException(spec.commandLine(), "--server and --data exclude each other");
        }
        try (LocalServer local = LocalServer.open(data)) {
            return run(local.client());
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()));
        }
    }

    private int run(ServerClient client) {
        Datasets datasets = new Datasets(main.output(), client, server.json());
        return switch (action) {
            case LIST -> datasets.list(flagged);
            case ADD -> datasets.add(required(subject, "ID"), required(key, "KEY"), flagged);
            case FLAG -> datasets.flag(required(subject, "ID"));
            case SCAN -> datasets.scan(subject == null ? "" : subject, dryRun, add && !dryRun);
        };
    }

    private String required(@Nullable String value, String name) {
        if (value == null) {
            throw new ParameterException(spec.commandLine(), "the " + name + " is missing");
        }
        return value;
    }
}
