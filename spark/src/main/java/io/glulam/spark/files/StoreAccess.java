package io.glulam.spark.files;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.storage.ObjectRef;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * How buckets are reached: by the settings of Hadoop's S3A file system, those of a bucket before those of all; without keys there,
 * by the environment of each process. Holds secrets, which {@link #toString} does not show. Thread-safe.
 */
public final class StoreAccess implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String S3A = "fs.s3a.";
    private static final Pattern AMAZON =
            Pattern.compile("(?:https?://)?s3(?:[.-]([a-z0-9-]+))?\\.amazonaws\\.com(?:\\.cn)?/?");

    /** Without these files the chain of credentials has nothing but what it is given. */
    private static final Map<String, String> NOTHING_AMBIENT = Map.of(
            "AWS_CONFIG_FILE",
            "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE",
            "/dev/null",
            "AWS_EC2_METADATA_DISABLED",
            "true");

    private final Map<String, Bucket> buckets;
    private transient @Nullable Map<String, S3Stores> stores;

    /**
     * How a bucket is reached.
     *
     * @param keys variables as AWS's tools know them; empty for those of the process
     */
    private record Bucket(
            Map<String, String> keys,
            @Nullable String endpoint,
            @Nullable String region) implements Serializable {
        @Override
        public String toString() {
            return "bucket at " + endpoint;
        }
    }

    private StoreAccess(Map<String, Bucket> buckets) {
        this.buckets = Map.copyOf(buckets);
    }

    /** Reads what Hadoop's configuration says about the buckets of locations. */
    public static StoreAccess of(Configuration hadoop, String... locations) {
        Map<String, Bucket> buckets = new HashMap<>();
        for (String location : locations) {
            if (S3Uri.isOne(location)) {
                String bucket = S3Uri.parse(location).bucket();
                buckets.put(bucket, bucket(hadoop, bucket));
            }
        }
        return new StoreAccess(buckets);
    }

    private static Bucket bucket(Configuration hadoop, String name) {
        String key = secret(hadoop, name, "access.key");
        String secret = secret(hadoop, name, "secret.key");
        String token = secret(hadoop, name, "session.token");
        Map<String, String> keys = new HashMap<>();
        if (key != null && secret != null) {
            keys.putAll(NOTHING_AMBIENT);
            keys.put("AWS_ACCESS_KEY_ID", key);
            keys.put("AWS_SECRET_ACCESS_KEY", secret);
            if (token != null) {
                keys.put("AWS_SESSION_TOKEN", token);
            }
        }
        String endpoint = plain(hadoop, name, "endpoint");
        String region = plain(hadoop, name, "endpoint.region");
        Matcher amazon = AMAZON.matcher(endpoint == null ? "" : endpoint);
        if (endpoint != null && amazon.matches()) {
            String named = amazon.group(1);
            return new Bucket(Map.copyOf(keys), null, region != null ? region : named);
        }
        boolean encrypted = !"false".equalsIgnoreCase(plain(hadoop, name, "connection.ssl.enabled"));
        String address = endpoint == null || endpoint.contains("://")
                ? endpoint
                : (encrypted ? "https://" : "http://") + endpoint;
        return new Bucket(Map.copyOf(keys), address, region);
    }

    private static @Nullable String plain(Configuration hadoop, String bucket, String key) {
        String own = hadoop.getTrimmed(S3A + "bucket." + bucket + "." + key, "");
        String all = own.isEmpty() ? hadoop.getTrimmed(S3A + key, "") : own;
        return all.isEmpty() ? null : all;
    }

    /** Hadoop looks in its credential stores first, then in the configuration. */
    private static @Nullable String secret(Configuration hadoop, String bucket, String key) {
        try {
            for (String name : new String[] {S3A + "bucket." + bucket + "." + key, S3A + key}) {
                char[] found = hadoop.getPassword(name);
                if (found != null && found.length > 0) {
                    return new String(found).trim();
                }
            }
            return null;
        } catch (IOException e) {
            throw new StorageFailed(Place.of(S3A + key), "Hadoop's credential store cannot be read", null, false, e);
        }
    }

    /**
     * Returns a location as Glulam names it: {@code s3://BUCKET/KEY} or a path of the local file system.
     *
     * @throws Unsupported if it lies elsewhere
     */
    public static String normal(String location, boolean pathsAreLocal) {
        int colon = location.indexOf(':');
        String scheme = colon < 0 || location.startsWith("/")
                ? ""
                : location.substring(0, colon).toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "s3", "s3a", "s3n" -> {
                return "s3" + location.substring(colon);
            }
            case "r2" -> {
                return location;
            }
            case "file" -> {
                String path = location.substring(colon + 1).replaceFirst("^//+", "/");
                return Path.of(path).toString() + (path.endsWith("/") && path.length() > 1 ? "/" : "");
            }
            case "" -> {
                if (pathsAreLocal) {
                    return location;
                }
            }
            default -> {}
        }
        throw new Unsupported(
                Place.of(location),
                "Glulam reads local files and S3 only",
                "name it as s3://BUCKET/PREFIX/, or as file:/PATH");
    }

    /** Returns the stores that reach a location's bucket; the same for the same bucket. */
    public synchronized S3Stores stores(String location) {
        Map<String, S3Stores> known = stores;
        if (known == null) {
            known = new HashMap<>();
            stores = known;
        }
        return known.computeIfAbsent(S3Uri.parse(location).bucket(), this::open);
    }

    /** Returns the object at a normal location. Nothing is asked of its store. */
    public ObjectRef object(String location) {
        return S3Uri.isOne(location) ? stores(location).object(location) : LocalStore.object(Path.of(location));
    }

    private S3Stores open(String name) {
        Bucket bucket = buckets.getOrDefault(name, new Bucket(Map.of(), null, null));
        S3Settings settings = bucket.keys().isEmpty() ? S3Settings.ofProcess() : S3Settings.of(bucket.keys());
        String endpoint = bucket.endpoint();
        return new S3Stores(settings.with(endpoint == null ? null : URI.create(endpoint), bucket.region(), null, null));
    }

    @Override
    public String toString() {
        return "access to " + buckets.keySet();
    }
}
