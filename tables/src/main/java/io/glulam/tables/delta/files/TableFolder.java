package io.glulam.tables.delta.files;

import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.s3.S3Store;
import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.storage.ObjectRef;
import io.glulam.tables.delta.engine.LogStore;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a table and the data files in it.
 *
 * @param store that holds it
 * @param location as {@code store} takes paths; without a slash at its end
 */
public record TableFolder(LogStore store, String location) {

    /**
     * Returns the folder of a table.
     *
     * @param location as {@link io.glulam.tables.TableAddress.Delta} has it
     * @param stores asked only for a table in S3
     * @throws Unsupported if the location is in a store that Glulam does not know
     */
    public static TableFolder of(String location, Supplier<S3Stores> stores) {
        if (S3Uri.isOne(location)) {
            S3Uri uri = S3Uri.parse(location.endsWith("/") ? location : location + "/");
            S3Store store = stores.get().store(uri);
            String root = uri.scheme() + "://" + uri.bucket() + "/";
            return new TableFolder(new LogStore(store, store, root), withoutSlash(root + uri.key()));
        }
        if (location.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
            throw new Unsupported(
                    Place.of(location), "a Delta table is read from a local folder or from s3://BUCKET/PREFIX");
        }
        String path = Path.of(location).toAbsolutePath().normalize().toString();
        return new TableFolder(new LogStore(LocalStore.INSTANCE, LocalStore.INSTANCE, ""), withoutSlash(path));
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * Returns the data file of a path in the log; null if the path leads out of the table's folder, as paths of shallow clones do.
     *
     * @param path encoded as in a URI
     */
    public @Nullable ObjectRef file(String path) {
        String decoded = decoded(path);
        if (decoded == null || Arrays.asList(decoded.split("/", -1)).contains("..")) {
            return null;
        }
        return new ObjectRef(store.store(), store.key(location + "/" + decoded));
    }

    /** Whether the table lies in a store, and not in a file system of this machine. */
    public boolean isRemote() {
        return store.store().capabilities().remote();
    }

    /** The table's name in SQL. */
    public String sqlName() {
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
