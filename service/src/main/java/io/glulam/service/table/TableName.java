package io.glulam.service.table;

import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.bucket.Keys;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a table, as requests and the catalog of datasets have it: {@code iceberg:CATALOG.NAMESPACE.TABLE}, or
 * {@code delta:FOLDER} with a folder of the bucket. Needs no library of table formats.
 */
public final class TableName {
    /** The longest name, in characters. */
    public static final int MAX_CHARACTERS = 1_000;

    private static final String ICEBERG = "iceberg:";
    private static final String DELTA = "delta:";
    private static final Pattern CATALOG = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern PART = Pattern.compile("[^\\s/\\\\:;?#@%'\"]{1,200}");

    private TableName() {}

    /** Returns whether a key of the catalog, or of a request, is meant as a table. */
    public static boolean isOne(String key) {
        return key.startsWith(ICEBERG) || key.startsWith(DELTA);
    }

    static boolean isDelta(String name) {
        return name.startsWith(DELTA);
    }

    /**
     * Looks at a name only.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is none
     */
    public static void require(String name) {
        if (isDelta(name)) {
            folder(name);
        } else if (name.startsWith(ICEBERG)) {
            List<String> parts = parts(name);
            boolean good = parts.size() >= 3
                    && CATALOG.matcher(parts.get(0)).matches()
                    && parts.stream().allMatch(part -> PART.matcher(part).matches());
            if (!good) {
                throw new IllegalArgumentException("must be iceberg:CATALOG.NAMESPACE.TABLE with a catalog that the"
                        + " server's configuration names");
            }
        } else {
            throw new IllegalArgumentException("must be iceberg:CATALOG.NAMESPACE.TABLE or delta:FOLDER");
        }
    }

    private static List<String> parts(String name) {
        return List.of(name.substring(ICEBERG.length()).split("\\.", -1));
    }

    /** Returns the catalog of an Iceberg table. */
    static String catalog(String name) {
        return parts(name).get(0);
    }

    /**
     * Returns the folder of a Delta table, relative to the bucket, without a slash at its end.
     *
     * @throws IllegalArgumentException with a sentence for people, if it cannot be one
     */
    static String folder(String name) {
        String folder = name.substring(DELTA.length()).replaceFirst("/$", "");
        try {
            if (folder.indexOf(':') >= 0) {
                throw new InvalidKey("a Delta table is delta:FOLDER, with a folder of the server's bucket");
            }
            Keys.require(folder);
            return folder;
        } catch (InvalidKey e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns whether a prefix of keys, as tokens have it, allows the table. A Delta table is its folder; an Iceberg table is
     * allowed only by prefixes that begin as its name does.
     */
    public static boolean isAllowed(String name, String prefix) {
        if (isDelta(name)) {
            String folder = name.substring(DELTA.length());
            return (folder.endsWith("/") ? folder : folder + "/").startsWith(prefix);
        }
        return prefix.startsWith(ICEBERG) && name.startsWith(prefix);
    }
}
