package io.glulam.tables.iceberg.files;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The properties that {@link GlulamFileIO} is initialized with. What the user configured keeps its name; what the catalog
 * answered has the prefix {@link #VENDED}, so that the two cannot be taken for each other.
 */
public final class FileProperties {
    /** The prefix of what a catalog answered. */
    public static final String VENDED = "glulam.vended.";

    /** The table's location, as the catalog's answer has it. */
    public static final String LOCATION = "glulam.location";

    /** Further folders of the table, separated by line feeds. */
    public static final String FOLDERS = "glulam.folders";

    /** Whether the catalog is remote: {@code true} or {@code false}. */
    public static final String REMOTE = "glulam.remote";

    /** Endpoints of stores that a catalog may name, separated by commas. */
    public static final String ALLOW_ENDPOINTS = "allow-endpoints";

    /** Folders outside of tables' locations that tables may use, separated by commas. */
    public static final String ALLOWED_LOCATIONS = "allowed-locations";

    public static final String ACCESS_KEY = "s3.access-key-id";
    public static final String SECRET_KEY = "s3.secret-access-key";
    public static final String SESSION_TOKEN = "s3.session-token";
    public static final String EXPIRES = "s3.session-token-expires-at-ms";
    public static final String ENDPOINT = "s3.endpoint";
    public static final String S3_REGION = "s3.region";
    public static final String REGION = "client.region";

    /** The keys that are taken from a catalog's answers for the store. */
    public static final List<String> FROM_CATALOG =
            List.of(ACCESS_KEY, SECRET_KEY, SESSION_TOKEN, EXPIRES, ENDPOINT, S3_REGION, REGION);

    private FileProperties() {}

    /** Returns the items of a list that is separated by commas; empty for none. */
    public static List<String> list(Map<String, String> properties, String key) {
        return Arrays.stream(properties.getOrDefault(key, "").split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }
}
