package io.glulam.tables.delta;

import io.glulam.CompactionOptions;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.local.LocalStore;
import io.glulam.s3.S3Store;
import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableRequest;
import io.glulam.tables.delta.engine.LogStore;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Opens Delta tables. */
public final class DeltaTables {
    private DeltaTables() {}

    /**
     * Opens a table; reads nothing yet.
     *
     * @param stores asked only for a table in S3
     * @param options how row groups are merged and what a run may use
     * @throws Unsupported if the location is in a store that Glulam does not know
     */
    public static Table open(TableAddress.Delta address, Supplier<S3Stores> stores, CompactionOptions options) {
        String location = address.location();
        return new DeltaTable(address, folder(location, stores), options);
    }

    /**
     * Opens a table to have its new files written elsewhere; reads nothing yet.
     *
     * @throws Unsupported as {@link #open}
     */
    public static DeltaRewrite rewrite(
            TableAddress.Delta address, Supplier<S3Stores> stores, CompactionOptions options, TableRequest request) {
        TableFolder folder = folder(address.location(), stores);
        return new DeltaRewrite(new DeltaTable(address, folder, options), request);
    }

    static TableFolder folder(String location, Supplier<S3Stores> stores) {
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
}
