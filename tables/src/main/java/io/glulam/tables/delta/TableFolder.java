package io.glulam.tables.delta;

import io.glulam.storage.StoredObject;
import io.glulam.tables.delta.engine.LogStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a table and the data files in it.
 *
 * @param store that holds it
 * @param location as {@code store} takes paths; without a slash at its end
 */
record TableFolder(LogStore store, String location) {

    /**
     * Returns the data file of a path in the log; null if the path leads out of the table's folder, as paths of shallow clones do.
     *
     * @param path encoded as in a URI
     */
    @Nullable
    StoredObject file(String path) {
        String decoded = decoded(path);
        if (decoded == null || Arrays.asList(decoded.split("/", -1)).contains("..")) {
            return null;
        }
        return new StoredObject(store.store(), store.key(location + "/" + decoded));
    }

    /** Whether the table lies in a store, and not in a file system of this machine. */
    boolean isRemote() {
        return store.store().capabilities().remote();
    }

    /** The table's name in SQL. */
    String sqlName() {
        return "delta.`" + location + "`";
    }

    private static @Nullable String decoded(String path) {
        try {
            URI uri = new URI(path);
            String decoded = uri.getPath();
            boolean relative = uri.getScheme() == null
                    && uri.getRawAuthority() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && decoded != null
                    && !decoded.isEmpty()
                    && !decoded.startsWith("/");
            return relative ? decoded : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
