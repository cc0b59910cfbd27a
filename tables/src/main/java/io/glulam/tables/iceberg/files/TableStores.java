package io.glulam.tables.iceberg.files;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Stores;
import io.glulam.storage.ObjectRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.io.StorageCredential;
import org.jspecify.annotations.Nullable;

/**
 * The stores of a table's files, each with the credentials that may be used there: those that the catalog handed out, under
 * the prefix that they are for; otherwise the user's, at an endpoint that the user named. Thread-safe.
 */
final class TableStores {
    /** Without these files the chain of credentials has nothing but what it is given. */
    private static final Map<String, String> NOTHING_AMBIENT = Map.of(
            "AWS_CONFIG_FILE",
            "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE",
            "/dev/null",
            "AWS_EC2_METADATA_DISABLED",
            "true");

    private final Map<String, String> properties;
    private final List<Vended> vended;
    private @Nullable S3Stores users;

    /** Credentials that the catalog handed out for a prefix. */
    private record Vended(
            String prefix, S3Stores stores, @Nullable Instant expires) {}

    TableStores(Map<String, String> properties, List<StorageCredential> credentials) {
        this.properties = Map.copyOf(properties);
        this.vended = vended(properties, credentials);
    }

    /**
     * Returns the object at a location.
     *
     * @throws Unsupported if no store of Glulam's has it
     * @throws StorageFailed if there are no credentials for it
     */
    ObjectRef object(String location) {
        String normal = Locations.normal(location);
        if (Locations.isLocal(location)) {
            return LocalStore.object(Path.of(normal));
        }
        if (!normal.startsWith("s3://")) {
            throw new Unsupported(
                    Place.of(location),
                    "Glulam reads tables on local disks and in S3 only",
                    "use the table's own engine");
        }
        return stores(normal).object(normal);
    }

    /** Returns the time when the first of the credentials that the catalog handed out expires; null if none does. */
    @Nullable
    Instant expires() {
        return vended.stream()
                .map(Vended::expires)
                .filter(time -> time != null)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private S3Stores stores(String location) {
        if (vended.isEmpty()) {
            return users();
        }
        return vended.stream()
                .filter(one -> location.equals(one.prefix()) || location.startsWith(withSlash(one.prefix())))
                .max(Comparator.comparingInt(one -> one.prefix().length()))
                .map(Vended::stores)
                .orElseThrow(() -> new StorageFailed(
                        StorageFailed.Kind.DENIED,
                        Place.of(location),
                        "the catalog handed out no credentials for this place",
                        "ask the catalog's administrator"));
    }

    private static String withSlash(String prefix) {
        return prefix.endsWith("/") ? prefix : prefix + "/";
    }

    /** The user's own credentials, which go to an endpoint that the user named and to no other. */
    private synchronized S3Stores users() {
        S3Stores known = users;
        if (known != null) {
            return known;
        }
        String endpoint = properties.get(FileProperties.ENDPOINT);
        String named = properties.get(FileProperties.VENDED + FileProperties.ENDPOINT);
        if (endpoint == null && named != null) {
            throw new Unsupported(
                    Place.of(named),
                    "the catalog names an endpoint but hands out no credentials, and yours are not sent to it",
                    "set the catalog's property s3.endpoint if the endpoint is the one you expect");
        }
        String key = properties.get(FileProperties.ACCESS_KEY);
        S3Settings settings = key == null ? S3Settings.ofProcess() : S3Settings.of(environment(properties));
        known = new S3Stores(settings.with(
                endpoint == null ? null : URI.create(endpoint), region(properties, properties), null, null));
        users = known;
        return known;
    }

    private static List<Vended> vended(Map<String, String> properties, List<StorageCredential> credentials) {
        Map<String, String> answered = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(FileProperties.VENDED)) {
                answered.put(key.substring(FileProperties.VENDED.length()), value);
            }
        });
        List<Vended> all = new ArrayList<>();
        for (StorageCredential credential : credentials) {
            Map<String, String> config = new HashMap<>(answered);
            config.keySet()
                    .removeAll(List.of(
                            FileProperties.ACCESS_KEY,
                            FileProperties.SECRET_KEY,
                            FileProperties.SESSION_TOKEN,
                            FileProperties.EXPIRES));
            FileProperties.FROM_CATALOG.forEach(key -> {
                String value = credential.config().get(key);
                if (value != null) {
                    config.put(key, value);
                }
            });
            if (config.containsKey(FileProperties.ACCESS_KEY)) {
                all.add(vended(credential.prefix(), config, properties));
            }
        }
        String location = properties.get(FileProperties.LOCATION);
        if (all.isEmpty() && location != null && answered.containsKey(FileProperties.ACCESS_KEY)) {
            all.add(vended(location, answered, properties));
        }
        return all;
    }

    private static Vended vended(String prefix, Map<String, String> config, Map<String, String> properties) {
        String endpoint = config.get(FileProperties.ENDPOINT);
        URI checked;
        if (endpoint == null) {
            String users = properties.get(FileProperties.ENDPOINT);
            checked = users == null ? null : URI.create(users);
        } else {
            checked = EndpointCheck.require(endpoint, FileProperties.list(properties, FileProperties.ALLOW_ENDPOINTS));
        }
        S3Settings settings = S3Settings.of(environment(config)).with(checked, region(config, properties), null, null);
        String expires = config.get(FileProperties.EXPIRES);
        return new Vended(
                Locations.normal(prefix),
                new S3Stores(settings),
                expires == null || !expires.matches("[0-9]{1,18}")
                        ? null
                        : Instant.ofEpochMilli(Long.parseLong(expires)));
    }

    private static @Nullable String region(Map<String, String> config, Map<String, String> properties) {
        String region = config.getOrDefault(
                FileProperties.REGION,
                config.getOrDefault(
                        FileProperties.S3_REGION,
                        properties.getOrDefault(
                                FileProperties.REGION, properties.getOrDefault(FileProperties.S3_REGION, ""))));
        // It becomes part of a host's name.
        return region.matches("[A-Za-z0-9-]{1,63}") ? region : null;
    }

    private static Map<String, String> environment(Map<String, String> config) {
        Map<String, String> environment = new HashMap<>(NOTHING_AMBIENT);
        environment.put("AWS_ACCESS_KEY_ID", config.getOrDefault(FileProperties.ACCESS_KEY, ""));
        environment.put("AWS_SECRET_ACCESS_KEY", config.getOrDefault(FileProperties.SECRET_KEY, ""));
        String token = config.get(FileProperties.SESSION_TOKEN);
        if (token != null) {
            environment.put("AWS_SESSION_TOKEN", token);
        }
        return environment;
    }
}
