package io.glulam.cli;

import io.glulam.cli.serve.Jobs;
import io.glulam.cli.text.Texts;
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

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Main main;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "ACTION",
            description = "list, show, watch (until it ends), pause, resume, terminate or restart.")
    private Action action = Action.LIST;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The instance; not for list.")
    private @Nullable String id;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(names = "--status", paramLabel = "STATUS", description = "list: only those of this status.")
    private @Nullable String status;

    @Override
    public Integer call() {
        String instance = id;
        Jobs jobs = new Jobs(main.output(), server.client(), server.json());
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
