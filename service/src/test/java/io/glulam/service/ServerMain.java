package io.glulam.service;

import io.glulam.service.settings.SettingsReader;
import io.glulam.service.settings.SettingsSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A server as a process of its own: settings as {@code name=value}, its port on standard output. */
public final class ServerMain {
    private ServerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> flags = new HashMap<>();
        for (String argument : arguments) {
            String[] pair = argument.split("=", 2);
            flags.put(pair[0], pair[1]);
        }
        try (Service service = Service.start(SettingsReader.read(SettingsSource.of(flags, Map.of(), Set.of())))) {
            System.out.println("port " + service.address().getPort());
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
