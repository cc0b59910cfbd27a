package io.glulam.service.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from: flags, then the environment ({@code GLULAM_RETRY_DELAY} for {@code --retry-delay}, or
 * {@code GLULAM_RETRY_DELAY_FILE} naming a file that holds it), then the file that {@code --config} names. Immutable.
 */
public final class SettingsSource {
    private static final String PREFIX = "GLULAM_";
    private static final String CONFIG = "config";

    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Map<String, String> file;

    private SettingsSource(Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
        this.flags = Map.copyOf(flags);
        this.environment = Map.copyOf(environment);
        this.file = Map.copyOf(file);
    }

    /**
     * Reads the file, if one is named.
     *
     * @param flags by their names without dashes in front
     * @param known names of all settings; the file may hold no others
     * @throws InvalidSetting if the file cannot be read, or holds what is no setting
     */
    public static SettingsSource of(Map<String, String> flags, Map<String, String> environment, Set<String> known) {
        SettingsSource withoutFile = new SettingsSource(flags, environment, Map.of());
        String config = withoutFile.find(CONFIG);
        return config == null ? withoutFile : new SettingsSource(flags, environment, read(Path.of(config), known));
    }

    private static Map<String, String> read(Path path, Set<String> known) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidSetting(CONFIG, "the file " + path + " cannot be read", e);
        }
        Map<String, String> settings = new HashMap<>();
        Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new InvalidSetting(
                    CONFIG, "the file holds '" + unknown.iterator().next() + "', which is not a setting");
        }
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    /** The environment, for what other tools are set up by as well. It may hold secrets. */
    Map<String, String> environment() {
        return environment;
    }

    /** Returns the value of a setting; null if it is not set. */
    public @Nullable String find(String name) {
        String flag = flags.get(name);
        if (flag != null) {
            return flag;
        }
        String variable = PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_');
        String value = environment.get(variable);
        if (value != null && !value.isEmpty()) {
            return value;
        }
        String secret = environment.get(variable + "_FILE");
        if (secret != null && !secret.isEmpty()) {
            try {
                return Files.readString(Path.of(secret)).strip();
            } catch (IOException e) {
                throw new InvalidSetting(name, "the file that " + variable + "_FILE names cannot be read", e);
            }
        }
        return file.get(name);
    }
}
