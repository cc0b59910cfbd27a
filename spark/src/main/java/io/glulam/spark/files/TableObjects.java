package io.glulam.spark.files;

import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.tables.iceberg.files.FileProperties;
import io.glulam.tables.iceberg.files.GlulamFileIO;
import io.glulam.tables.iceberg.files.Locations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.SupportsStorageCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Opens a table's files by their locations: local ones directly, those in S3 by Glulam's own client if the table's
 * {@code FileIO} has been given keys for it, all others by the {@code FileIO}. Thread-safe.
 */
public final class TableObjects implements Function<String, ObjectRef> {
    /** Properties that ask for what Glulam's client does not do; their values that ask for nothing. */
    private static final Map<String, String> ONLY_ICEBERG = Map.of(
            "s3.remote-signing-enabled", "false",
            "s3.sse.type", "none",
            "s3.acl", "",
            "s3.access-grants.enabled", "false",
            "s3.use-arn-region-enabled", "false",
            "s3.write.storage-class", "STANDARD",
            "s3.acceleration-enabled", "false",
            "s3.dualstack-enabled", "false");

    private static final Duration MARGIN = Duration.ofMinutes(15);

    private final FileIoStore others;
    private final boolean pathsAreLocal;
    private final @Nullable GlulamFileIO own;

    /**
     * @param io of the table
     * @param pathsAreLocal whether a location without a scheme lies in the local file system
     */
    public TableObjects(FileIO io, boolean pathsAreLocal) {
        this.others = new FileIoStore(io);
        this.pathsAreLocal = pathsAreLocal;
        this.own = own(io);
    }

    @Override
    public ObjectRef apply(String location) {
        if (location.startsWith("file:") || pathsAreLocal && location.startsWith("/")) {
            return LocalStore.object(Path.of(Locations.normal(location)));
        }
        if (own != null && isCurrent(own) && Locations.normal(location).startsWith("s3://")) {
            try {
                return own.object(location);
            } catch (Unsupported | IllegalArgumentException notOurs) {
                return new ObjectRef(others, location);
            }
        }
        return new ObjectRef(others, location);
    }

    /** Whether keys that the catalog handed out last longer than a task; a {@code FileIO} may know how to renew them. */
    private static boolean isCurrent(GlulamFileIO files) {
        Instant expires = files.expires();
        return expires == null || Instant.now().plus(MARGIN).isBefore(expires);
    }

    /** Deletes a new file that no commit holds; one that is not there counts as deleted. */
    public void delete(String location) {
        ObjectRef object = apply(location);
        if (object.store() instanceof ObjectRemover remover) {
            remover.delete(object.key());
        }
    }

    /** Glulam's client with the keys of a {@code FileIO}; null if it has none or is to do what Glulam's client does not. */
    private static @Nullable GlulamFileIO own(FileIO io) {
        Map<String, String> properties = properties(io);
        boolean keys =
                properties.containsKey(FileProperties.ACCESS_KEY) && properties.containsKey(FileProperties.SECRET_KEY);
        boolean vended = io instanceof SupportsStorageCredentials some
                && !some.credentials().isEmpty();
        boolean special = ONLY_ICEBERG.entrySet().stream()
                        .anyMatch(entry -> !properties
                                .getOrDefault(entry.getKey(), entry.getValue())
                                .equalsIgnoreCase(entry.getValue()))
                || properties.keySet().stream().anyMatch(key -> key.startsWith("s3.access-points."));
        if (special || !keys && !vended) {
            return null;
        }
        GlulamFileIO files = new GlulamFileIO();
        Map<String, String> known = new HashMap<>();
        List.of(
                        FileProperties.ACCESS_KEY,
                        FileProperties.SECRET_KEY,
                        FileProperties.SESSION_TOKEN,
                        FileProperties.EXPIRES,
                        FileProperties.ENDPOINT,
                        FileProperties.S3_REGION,
                        FileProperties.REGION)
                .forEach(key -> {
                    String value = properties.get(key);
                    if (value != null) {
                        known.put(key, value);
                    }
                });
        files.initialize(known);
        if (io instanceof SupportsStorageCredentials some && vended) {
            files.setCredentials(some.credentials());
        }
        return files;
    }

    private static Map<String, String> properties(FileIO io) {
        try {
            return io.properties();
        } catch (UnsupportedOperationException none) {
            return Map.of(); // Some FileIO do not tell.
        }
    }
}
