package io.glulam.tables.iceberg.files;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import java.util.ArrayList;
import java.util.List;

/**
 * The places that a table's files may lie in. A table's metadata is untrusted: without this, it could name any file that
 * this process can read.
 *
 * @param roots folders, as {@link #normal} gives them
 * @param localAllowed whether places of the local file system count
 */
public record Locations(List<String> roots, boolean localAllowed) {
    /** All places: for tables whose catalog and files another engine has been trusted with already. */
    public static final Locations ANY = new Locations(List.of("*"), true);

    private static final String FILE = "file:";

    public Locations {
        roots = List.copyOf(roots);
    }

    /**
     * Makes the places of a table.
     *
     * @param roots the table's location, its {@code write.data.path}, and what the user allows
     * @param allowed the places that the user allows; a local one of them allows local files in it
     * @param remote whether the table's catalog or location is remote, so that only {@code allowed} may name local places
     */
    public static Locations of(List<String> roots, List<String> allowed, boolean remote) {
        List<String> all = new ArrayList<>();
        for (String root : roots) {
            if (!remote || !isLocal(root)) {
                all.add(normal(root));
            }
        }
        allowed.forEach(root -> all.add(normal(root)));
        return new Locations(all, !remote || allowed.stream().anyMatch(Locations::isLocal));
    }

    /** Returns whether a place lies in the local file system. */
    public static boolean isLocal(String location) {
        return location.startsWith("/") || location.startsWith(FILE);
    }

    /**
     * Returns a place in one spelling: local ones as a path, {@code s3a} and {@code s3n} as {@code s3}, no slash at the end.
     */
    public static String normal(String location) {
        String text = location;
        if (text.startsWith(FILE)) {
            text = "/" + text.substring(FILE.length()).replaceFirst("^/+", "");
        } else if (text.startsWith("s3a://") || text.startsWith("s3n://")) {
            text = "s3" + text.substring(3);
        }
        return text.length() > 1 ? text.replaceFirst("/+$", "") : text;
    }

    /** Returns whether a file may be used. */
    public boolean contain(String location) {
        String normal = normal(location);
        if (isLocal(location) && !localAllowed || hasDots(normal)) {
            return false;
        }
        return equals(ANY)
                || roots.stream().anyMatch(root -> normal.startsWith(root.endsWith("/") ? root : root + "/"));
    }

    /** A path with such segments could lead out of a folder that it begins with. */
    private static boolean hasDots(String location) {
        return location.contains("/../") || location.endsWith("/..") || location.contains("/./");
    }

    /**
     * Requires that a file may be used.
     *
     * @throws Unsupported if it may not
     */
    public void require(String location) {
        if (!contain(location)) {
            throw new Unsupported(
                    Place.of(location),
                    "the file lies outside of the table's location",
                    "if the table may use it, list its folder in the catalog's property allowed-locations");
        }
    }
}
