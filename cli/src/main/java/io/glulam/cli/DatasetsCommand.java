package io.glulam.cli;

import io.glulam.cli.serve.Datasets;
import io.glulam.cli.serve.LocalServer;
import io.glulam.cli.serve.ServerClient;
import io.glulam.cli.text.Texts;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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

    /** An action as it is typed. */
    static final class ActionConverter implements ITypeConverter<Action> {
        @Override
        public Action convert(String text) {
            for (Action action : Action.values()) {
                if (Texts.word(action).equals(text)) {
                    return action;
                }
            }
            throw new TypeConversionException("'" + text + "' is none of list, add, flag, scan");
        }
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
            converter = ActionConverter.class,
            description = "list, add ID KEY, flag ID, or scan [PREFIX]: look through the footers of the Parquet objects"
                    + " under a prefix and flag the datasets of the fragmented ones.")
    private Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID|PREFIX", description = "A dataset, or a prefix of keys.")
    private @Nullable String subject;

    @Parameters(index = "2", arity = "0..1", paramLabel = "KEY", description = "add: the object's key.")
    private @Nullable String key;

    @Option(names = "--server", paramLabel = "URL", description = "The server (default: http://localhost:8787).")
    private @Nullable String server;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Use a server's folder of data instead, while no server does.")
    private @Nullable String data;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the server's token; otherwise the environment's GLULAM_TOKEN.")
    private @Nullable String tokenFile;

    @Option(names = "--flagged", description = "list: only flagged ones. add: flag it.")
    private boolean flagged;

    @Option(
            names = "--add",
            description = "scan: add datasets for objects that the catalog does not know, by their keys.")
    private boolean add;

    @Option(names = "--dry-run", description = "scan: flag and add nothing.")
    private boolean dryRun;

    @Option(names = "--json", description = "JSON instead of tables.")
    private boolean json;

    @Override
    public Integer call() {
        if (data == null) {
            return run(server == null ? "http://localhost:8787" : server);
        }
        if (server != null) {
            throw new ParameterException(spec.commandLine(), "--server and --data exclude each other");
        }
        return LocalServer.run(data, spec.commandLine(), this::run);
    }

    private int run(String url) {
        Datasets datasets = new Datasets(main.output(), ServerClient.of(url, tokenFile), json);
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
