package io.glulam.service.table;

import io.glulam.CompactionOptions;
import io.glulam.s3.S3Stores;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.delta.DeltaTables;
import io.glulam.tables.iceberg.IcebergTables;
import io.glulam.tables.iceberg.catalog.CatalogSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Opens tables of the catalogs that the configuration names, and Delta tables of the bucket. Thread-safe. */
public final class ServedTables {
    private final @Nullable Path catalogs;
    private final Map<String, String> environment;
    private final Bucket bucket;
    private final String location;
    private final Supplier<S3Stores> stores;

    /**
     * @param catalogs the file that configures catalogs; null for none
     * @param environment variables, which may hold secrets of catalogs
     * @param bucket which holds the Delta tables
     * @param location the bucket's folder or address, without a slash at its end
     * @param stores asked only if the bucket is in a store
     */
    public ServedTables(
            @Nullable Path catalogs,
            Map<String, String> environment,
            Bucket bucket,
            String location,
            Supplier<S3Stores> stores) {
        this.catalogs = catalogs;
        this.environment = Map.copyOf(environment);
        this.bucket = bucket;
        this.location = location;
        this.stores = stores;
    }

    private CatalogSettings settings() {
        return catalogs == null
                ? new CatalogSettings(Map.of(), environment)
                : CatalogSettings.read(catalogs, environment);
    }

    /** Returns the names of the catalogs that are configured, sorted. */
    public List<String> catalogs() {
        return settings().names();
    }

    /**
     * Looks at a name and at the configuration only.
     *
     * @throws IllegalArgumentException with a sentence for people, if the server serves no such table
     */
    public void require(String name) {
        TableName.require(name);
        if (TableName.isDelta(name)) {
            try {
                bucket.requireSafe(TableName.folder(name));
            } catch (InvalidKey e) {
                throw new IllegalArgumentException(String.valueOf(e.getMessage()));
            }
        } else if (!catalogs().contains(TableName.catalog(name))) {
            throw new IllegalArgumentException(
                    "names a catalog that the server's configuration does not have: " + TableName.catalog(name));
        }
    }

    /**
     * Opens a table.
     *
     * @throws IllegalArgumentException as {@link #require}
     */
    public Table open(String name, CompactionOptions options) {
        require(name);
        if (TableName.isDelta(name)) {
            TableAddress.Delta address = new TableAddress.Delta(location + "/" + TableName.folder(name));
            return DeltaTables.open(address, stores, options);
        }
        IcebergTables.Access access = new IcebergTables.Access(catalogs, List.of(), environment);
        return IcebergTables.open((TableAddress.Iceberg) TableAddress.parse(name), access, options);
    }

    /** Returns a text for people without the secrets of catalogs. */
    public String withoutSecrets(String text) {
        String clean = text;
        for (String secret : settings().secrets()) {
            clean = clean.replace(secret, "…");
        }
        return clean;
    }
}
