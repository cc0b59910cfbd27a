package io.glulam.s3.credentials;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The profiles that AWS's tools share: {@code ~/.aws/config} and {@code ~/.aws/credentials}, or the files that
 * {@code AWS_CONFIG_FILE} and {@code AWS_SHARED_CREDENTIALS_FILE} name. Immutable.
 */
public final class ProfileFiles {
    private final Map<String, Map<String, String>> profiles;

    private ProfileFiles(Map<String, Map<String, String>> profiles) {
        this.profiles = profiles;
    }

    /**
     * Reads both files; one that is not there has no profiles.
     *
     * @throws StorageFailed if one is there and cannot be read
     */
    public static ProfileFiles read(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home", ".")), ".aws");
        Map<String, Map<String, String>> profiles = new HashMap<>();
        add(file(environment, "AWS_CONFIG_FILE", home.resolve("config")), "profile ", profiles);
        add(file(environment, "AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials")), "", profiles);
        return new ProfileFiles(profiles);
    }

    private static Path file(Map<String, String> environment, String variable, Path otherwise) {
        String named = environment.get(variable);
        return named == null || named.isEmpty() ? otherwise : Path.of(named);
    }

    private static void add(Path file, String prefix, Map<String, Map<String, String>> profiles) {
        Map<String, String> profile = null;
        try {
            for (String line : Files.readAllLines(file)) {
                String text = line.strip();
                if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
                    continue;
                }
                if (text.startsWith("[") && text.endsWith("]")) {
                    String name = name(text.substring(1, text.length() - 1).strip(), prefix);
                    profile = name == null ? null : profiles.computeIfAbsent(name, any -> new HashMap<>());
                } else if (profile != null && !Character.isWhitespace(line.charAt(0)) && text.indexOf('=') > 0) {
                    int equals = text.indexOf('=');
                    profile.put(
                            text.substring(0, equals).strip(),
                            text.substring(equals + 1).strip());
                }
            }
        } catch (NoSuchFileException e) {
            // A user need not have one.
        } catch (IOException e) {
            throw new StorageFailed(
                    Place.of(file.toString()), "the profiles cannot be read: " + e.getMessage(), null, false, e);
        }
    }

    /** In the one file profiles are called {@code [profile name]}, but {@code [default]}; in the other {@code [name]}. */
    private static @Nullable String name(String title, String prefix) {
        if (prefix.isEmpty() || title.equals("default")) {
            return title;
        }
        return title.startsWith(prefix) ? title.substring(prefix.length()).strip() : null;
    }

    /** Whether there is a profile of that name. */
    public boolean has(String profile) {
        return profiles.containsKey(profile);
    }

    /** A setting of a profile; null if there is none. */
    public @Nullable String get(String profile, String setting) {
        return profiles.getOrDefault(profile, Map.of()).get(setting);
    }
}
