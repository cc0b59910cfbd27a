package io.glulam.cli;

import io.glulam.cli.serve.ServerClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that ask a server: which one, as whom, and how its answers are printed. */
final class ServerOptions {
    private static final String USUAL = "http://localhost:8787";

    @Option(names = "--server", paramLabel = "URL", description = "The server (default: " + USUAL + ").")
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file that holds the server's token; otherwise the environment's GLULAM_TOKEN, or the file"
                    + " that its GLULAM_TOKEN_FILE names.")
    private @Nullable String tokenFile;

    @Option(names = "--json", description = "JSON instead of tables.")
    private boolean json;

    /** Whether a server was named. */
    boolean isNamed() {
        return server != null;
    }

    /** Asks the server. */
    ServerClient client() {
        return ServerClient.of(server == null ? USUAL : server, tokenFile);
    }

    /** Whether answers are printed as they are. */
    boolean json() {
        return json;
    }
}
