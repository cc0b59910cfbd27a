package io.glulam.cli;

import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.option.Words;
import io.glulam.cli.serve.Jobs;
import io.glulam.cli.text.Texts;

/** {@code glulam jobs}. */
final class JobsCommand extends Subcommand {
    static final String ABOUT = "Lists and controls the instances of a server.";

    /** The actions of the command. */
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

    private final Value<Action> action = Value.optionalArgument(
            0,
            Words.constant(Action.class),
            "ACTION",
            "list (default), show, watch (until it ends), pause, resume, terminate or restart.");

    private final Value<String> id = Value.optionalArgument(1, Kind.TEXT, "ID", "The instance; not for list.");
    private final ServerOptions server = new ServerOptions();
    private final Value<String> status =
            Value.option(Kind.TEXT, "STATUS", "list: only those of this status.", "--status");

    JobsCommand(Main main) {
        super(main, ABOUT);
        add(action, id, server, status);
    }

    @Override
    public Integer call() {
        Action wanted = action.or(Action.LIST);
        String instance = id.get();
        Jobs jobs = new Jobs(output(), server.client(), server.json());
        if (!wanted.needsId) {
            return jobs.list(status.get());
        }
        if (instance == null) {
            throw misused("name the ID of an instance; jobs list shows them");
        }
        return switch (wanted) {
            case SHOW -> jobs.show(instance);
            case WATCH -> jobs.watch(instance);
            default -> jobs.control(instance, Texts.word(wanted));
        };
    }
}
