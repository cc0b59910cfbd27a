package io.glulam.cli.serve;

import io.glulam.service.Service;
import io.glulam.service.settings.InvalidSetting;
import io.glulam.service.settings.SettingsReader;
import io.glulam.service.settings.SettingsSource;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A server of this process over a folder of data that no other uses. It answers, and carries no instance on. */
public final class LocalServer implements AutoCloseable {
    private final Service service;

    private LocalServer(Service service) {
        this.service = service;
    }

    /**
     * Runs {@code work} with the address of a server over the folder. What cannot be used is told as bad usage of
     * {@code line}; the command itself names no class of the service, whose libraries its help has to do without.
     */
    public static int run(String data, CommandLine line, ToIntFunction<String> work) {
        try (LocalServer local = open(data)) {
            return work.applyAsInt(local.url());
        } catch (InvalidSetting invalid) {
            throw new ParameterException(line, String.valueOf(invalid.getMessage()));
        }
    }

    /**
     * Opens the folder.
     *
     * @param data as {@code serve --data}; the other settings come from the environment
     * @throws InvalidSetting if it cannot be used, or another server uses it
     */
    public static LocalServer open(String data) {
        Map<String, String> flags = Map.of("data", data, "host", "127.0.0.1", "port", "0");
        return new LocalServer(Service.open(SettingsReader.read(SettingsSource.of(flags, System.getenv(), Set.of()))));
    }

    /** Its address. */
    public String url() {
        return "http://localhost:" + service.address().getPort();
    }

    @Override
    public void close() {
        service.close();
    }
}
