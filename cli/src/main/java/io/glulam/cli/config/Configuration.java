package io.glulam.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that are set once: {@code GLULAM_EFFORT=copy} in the environment, or else {@code effort = copy} in the file.
 * The launcher reads {@code memory} and {@code effort} the same way, before Java starts.
 *
 * <p>Only what never decides which file is replaced, deleted or overwritten can be set so.
 */
public final class Configuration {
    /** The options that can be set once, without their dashes, in the order in which they are listed. */
    public static final List<String> NAMES = List.of(
            "effort",
            "codec",
            "threshold",
            "target-size",
            "page-size",
            "max-rows",
            "readers",
            "writer-compat",
            "verify",
            "memory",
            "threads",
            "tmp-dir",
            "spool",
            "endpoint",
            "region",
            "profile",
            "account",
            "without",
            "color",
            "progress");

    /** Where nothing is set. */
    public static final Configuration NONE = new Configuration(Map.of());

    private final Map<String, Configured> values;

    private Configuration(Map<String, Configured> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Reads what the environment and the file say. A file that does not exist, or cannot be found out to exist, says nothing.
     *
     * @throws BadConfiguration if the file cannot be read, or a line of it names no setting
     */
    public static Configuration of(Map<String, String> environment) {
        Map<String, Configured> values = new HashMap<>();
        Path file = file(environment);
        if (file != null) {
            readFile(file, values);
        }
        for (String name : NAMES) {
            String variable = variable(name);
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                values.put(name, new Configured(value, variable));
            }
        }
        return values.isEmpty() ? NONE : new Configuration(values);
    }

    /** {@code $XDG_CONFIG_HOME/glulam/config}, or below {@code ~/.config}; null where there is no home. */
    public static @Nullable Path file(Map<String, String> environment) {
        String folder = environment.getOrDefault("XDG_CONFIG_HOME", "");
        if (!folder.isEmpty()) {
            return Path.of(folder, "glulam", "config");
        }
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? null : Path.of(home, ".config", "glulam", "config");
    }

    private static void readFile(Path file, Map<String, Configured> values) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException e) {
            return;
        } catch (IOException e) {
            if (!Files.exists(file)) {
                // Another user's home, which may not be searched; the launcher passes over it, too.
                return;
            }
            throw new BadConfiguration(file + " cannot be read: " + e.getMessage());
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(line, file + ":" + (i + 1), values);
            }
        }
    }

    private static void readLine(String line, String place, Map<String, Configured> values) {
        int equals = line.indexOf('=');
        String name = equals < 0 ? line : line.substring(0, equals).strip();
        String value = equals < 0 ? "" : line.substring(equals + 1).strip();
        if (!NAMES.contains(name)) {
            throw new BadConfiguration(place + ": '" + name + "' cannot be set here; glulam config lists what can");
        }
        if (value.isEmpty()) {
            throw new BadConfiguration(place + ": expected " + name + " = VALUE");
        }
        values.put(name, new Configured(value, place));
    }

    /** The variable that sets {@code name}. */
    public static String variable(String name) {
        return "GLULAM_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The configured value of an option, by its name without dashes; null if there is none. */
    public @Nullable Configured get(String name) {
        return values.get(name);
    }

    /** Whether nothing is set. */
    public boolean isEmpty() {
        return values.isEmpty();
    }
}
