package io.glulam.cli;

import io.glulam.cli.option.CommandPart;
import io.glulam.cli.option.Flag;
import io.glulam.cli.option.Kind;
import io.glulam.cli.option.Value;
import io.glulam.cli.serve.ServerClient;
import picocli.CommandLine.Model.CommandSpec;

/** The options of commands that ask a server: which one, as whom, and how its answers are printed. */
final class ServerOptions implements CommandPart {
    private static final String USUAL = "http://localhost:8787";

    private final Value<String> server =
            Value.option(Kind.TEXT, "URL", "The server (default: " + USUAL + ").", "--server");

    private final Value<String> tokenFile = Value.option(
            Kind.TEXT,
            "FILE",
            "A file that holds the server's token; otherwise the environment's GLULAM_TOKEN, or the file"
                    + " that its GLULAM_TOKEN_FILE names.",
            "--token-file");

    private final Flag json = new Flag("JSON instead of tables.", "--json");

    @Override
    public void addTo(CommandSpec spec) {
        server.addTo(spec);
        tokenFile.addTo(spec);
        json.addTo(spec);
    }

    /** Whether a server was named. */
    boolean isNamed() {
        return server.isGiven();
    }

    /** Asks the server. */
    ServerClient client() {
        return ServerClient.of(server.or(USUAL), tokenFile.get());
    }

    /** Whether answers are printed as they are. */
    boolean json() {
        return json.isGiven();
    }
}
