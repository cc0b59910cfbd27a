package io.glulam.cli;

import io.glulam.cli.serve.Jobs;
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

/** {@code glulam jobs}. */
@Command(name = "jobs", mixinStandardHelpOptions = true, description = "Lists and controls the instances of a server.")
final class JobsCommand implements Callable<Integer> {
    /** What can be done. */
    enum Action {
        LIST(false),
        SHOW(true),
        WATCH(true),
        PAUSE(true),
        RESUME(true),
        TERMINATE(true),
        RESTART(true);

        private final boolean needsId;

        Action(boolean needsId) {
            this.needsId = needsId;
        }
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
            throw new TypeConversionException(
                    "'" + text + "' is none of list, show, watch, pause, resume, terminate, restart");
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
            description = "list, show, watch (until it ends), pause, resume, terminate or restart.")
    private Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The instance; not for list.")
    private @Nullable String id;

    @Option(names = "--server", paramLabel = "URL", description = "The server (default: http://localhost:8787).")
    private String server = "http://localhost:8787";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the server's token; otherwise the environment's GLULAM_TOKEN.")
    private @Nullable String tokenFile;

    @Option(names = "--status", paramLabel = "STATUS", description = "list: only those of this status.")
    private @Nullable String status;

    @Option(names = "--json", description = "The server's own answer.")
    private boolean json;

    @Override
    public Integer call() {
        String instance = id;
        Jobs jobs = new Jobs(main.output(), ServerClient.of(server, tokenFile), json);
        if (!action.needsId) {
            return jobs.list(status);
        }
        if (instance == null) {
            throw new ParameterException(spec.commandLine(), "name the ID of an instance; jobs list shows them");
        }
        return switch (action) {
            case SHOW -> jobs.show(instance);
            case WATCH -> jobs.watch(instance);
            default -> jobs.control(instance, Texts.word(action));
        };
    }
}
