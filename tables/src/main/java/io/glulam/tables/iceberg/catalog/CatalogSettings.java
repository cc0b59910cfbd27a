package io.glulam.tables.iceberg.catalog;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The configuration of catalogs: a properties file with lines such as {@code prod.uri=https://…}, Iceberg's own keys after
 * the catalog's name; secrets also by environment variables. Immutable.
 *
 * @param properties all properties, by catalog's name, dot, key
 * @param environment variables by name
 */
public record CatalogSettings(Map<String, String> properties, Map<String, String> environment) {
    private static final Pattern SECRET =
            Pattern.compile("token|credential|.*(secret|password|passwd|private-key|session-token|authorization).*");

    /** The secret in an address: after {@code password=}, or between a user's name and a host. */
    private static final Pattern SECRET_PART = Pattern.compile("(?i:password=)([^&;]+)|://[^/@:]*:([^/@]+)@");

    /** Keys whose values come from {@code GLULAM_CATALOG_NAME_KEY}, with underscores. */
    private static final List<String> FROM_ENVIRONMENT =
            List.of("token", "credential", "jdbc.password", "jdbc.user", "s3.access-key-id", "s3.secret-access-key");

    public CatalogSettings {
        properties = Map.copyOf(properties);
        environment = Map.copyOf(environment);
    }

    /** Returns the file that holds the configuration unless told otherwise. */
    public static Path defaultFile(Map<String, String> environment) {
        String named = environment.get("GLULAM_CATALOGS");
        if (named != null && !named.isEmpty()) {
            return Path.of(named);
        }
        String config = environment.get("XDG_CONFIG_HOME");
        Path folder = config != null && !config.isEmpty()
                ? Path.of(config)
                : Path.of(environment.getOrDefault("HOME", ""), ".config");
        return folder.resolve("glulam").resolve("catalogs.properties");
    }

    /**
     * Reads the configuration. A file that is not there holds nothing.
     *
     * @throws StorageFailed if the file cannot be read
     */
    public static CatalogSettings read(Path file, Map<String, String> environment) {
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            read.load(in);
        } catch (NoSuchFileException e) {
            return new CatalogSettings(Map.of(), environment);
        } catch (IOException | IllegalArgumentException e) {
            throw new StorageFailed(
                    Place.of(file.toString()), "the configuration of catalogs cannot be read", null, false, e);
        }
        Map<String, String> all = new HashMap<>();
        read.stringPropertyNames()
                .forEach(key -> all.put(key, read.getProperty(key).trim()));
        return new CatalogSettings(all, environment);
    }

    /**
     * Returns these settings with properties of one catalog that a command was given.
     *
     * @param pairs each {@code key=value}
     * @throws IllegalArgumentException with a sentence for people, if one is not a pair or tells a secret
     */
    public CatalogSettings with(String catalog, List<String> pairs) {
        Map<String, String> all = new HashMap<>(properties);
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("properties of a catalog are given as KEY=VALUE");
            }
            String key = pair.substring(0, equals);
            String value = pair.substring(equals + 1);
            if (isSecret(key, value)) {
                throw new IllegalArgumentException(
                        "a command takes no secrets, which other users of this machine could see: put '" + key
                                + "' into the catalogs file, or set "
                                + variable(catalog, "token") + " or " + variable(catalog, "credential"));
            }
            all.put(catalog + "." + key, value);
        }
        return new CatalogSettings(all, environment);
    }

    private static boolean isSecret(String key, String value) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).matches()
                || value.toLowerCase(Locale.ROOT).contains("password=")
                || value.matches("[a-z+:]+://[^/@]*:[^/@]*@.*");
    }

    private static String variable(String catalog, String key) {
        return ("GLULAM_CATALOG_" + catalog + "_" + key)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9]", "_");
    }

    /** Returns the properties of a catalog, by Iceberg's keys; empty if it is not known. */
    public Map<String, String> of(String catalog) {
        Map<String, String> own = new HashMap<>();
        String prefix = catalog + ".";
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), value);
            }
        });
        if (!own.isEmpty()) {
            for (String key : FROM_ENVIRONMENT) {
                String value = environment.get(variable(catalog, key));
                if (value != null && !value.isEmpty()) {
                    own.put(key, value);
                }
            }
        }
        return own;
    }

    /** Returns the texts that must appear in no message: secrets, and addresses that hold one. */
    public List<String> secrets() {
        TreeSet<String> secrets = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (String catalog : names()) {
            of(catalog).forEach((key, value) -> {
                if (!value.isEmpty() && isSecret(key, value)) {
                    secrets.add(value);
                    Matcher part = SECRET_PART.matcher(value);
                    while (part.find()) {
                        secrets.add(part.group(1) == null ? part.group(2) : part.group(1));
                    }
                }
            });
        }
        return List.copyOf(secrets);
    }

    /** Returns the names of the catalogs that are configured, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        properties.keySet().forEach(key -> {
            int dot = key.indexOf('.');
            if (dot > 0) {
                names.add(key.substring(0, dot));
            }
        });
        return List.copyOf(names);
    }

    /** Never the values: some are secret. */
    @Override
    public String toString() {
        return "CatalogSettings" + names();
    }
}
