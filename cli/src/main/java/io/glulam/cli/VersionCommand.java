package io.glulam.cli;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code glulam version}. */
@Command(name = "version", description = "Says which build this is and which Java runs it.")
final class VersionCommand implements Runnable {
    @Override
    public void run() {
        try {
            for (String line : new Version().getVersion()) {
                System.out.println(line);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
