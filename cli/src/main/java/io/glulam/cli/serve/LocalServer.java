package io.glulam.cli.serve;

import io.glulam.service.Service;
import io.glulam.service.settings.InvalidSetting;
import io.glulam.service.settings.SettingsReader;
import io.glulam.service.settings.SettingsSource;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/** A server of this process over a folder of data that no other uses. It answers, and carries no instance on. */
public final class LocalServer implements AutoCloseable {
    private static final int TOKEN_BYTES = 24;

    private final Service service;
    private final String token;

    private LocalServer(Service service, String token) {
        this.service = service;
        this.token = token;
    }

    /**
     * Opens the folder. Other processes of this machine get no answers: the server's token is made for this process.
     *
     * @param data as {@code serve --data}; the other settings come from the environment
     * @throws IllegalArgumentException if it cannot be used, or another server uses it; none of the service's own, so that
     *     the class that catches it can be loaded without the service's libraries
     */
    public static LocalServer open(String data) {
        String token = randomToken();
        Map<String, String> flags = Map.of("data", data, "host", "127.0.0.1", "port", "0", "token", token);
        try {
            SettingsSource source = SettingsSource.of(flags, System.getenv(), Set.of());
            return new LocalServer(Service.open(SettingsReader.read(source)), token);
        } catch (InvalidSetting invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
    }

    private static String randomToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Asks it. */
    public ServerClient client() {
        return new ServerClient("http://localhost:" + service.address().getPort(), token);
    }

    @Override
    public void close() {
        service.close();
    }
}
