package io.glulam.cli;

import io.glulam.cli.option.Flag;
import java.io.IOException;
import java.util.Map;

/** {@code glulam version}. */
final class VersionCommand extends Subcommand {
    static final String ABOUT = "Prints the version of Glulam and of the Java that runs it.";

    private final Flag json = new Flag("As JSON.", "--json");

    VersionCommand(Main main) {
        super(main, ABOUT);
        add(json);
    }

    @Override
    public Integer call() throws IOException {
        if (json.isGiven()) {
            Map<String, String> facts = Version.facts();
            Json.print(output(), out -> {
                out.writeStartObject();
                for (Map.Entry<String, String> fact : facts.entrySet()) {
                    out.writeStringField(fact.getKey(), fact.getValue());
                }
                out.writeEndObject();
            });
            return ExitCode.DONE.code();
        }
        for (String line : new Version().getVersion()) {
            output().line(line);
        }
        return ExitCode.DONE.code();
    }
}
