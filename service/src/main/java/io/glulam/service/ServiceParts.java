package io.glulam.service;

import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.service.bucket.Bucket;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.bucket.Keys;
import io.glulam.service.bucket.LocalBucket;
import io.glulam.service.bucket.S3Bucket;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.DataApiCatalog;
import io.glulam.service.catalog.SqlCatalog;
import io.glulam.service.catalog.TableNames;
import io.glulam.service.database.Database;
import io.glulam.service.database.DatabaseFailed;
import io.glulam.service.database.Migrations;
import io.glulam.service.database.PostgresAddress;
import io.glulam.service.request.TableSchedule;
import io.glulam.service.settings.InvalidSetting;
import io.glulam.service.settings.ServiceSettings;
import io.glulam.service.settings.TablesSettings;
import io.glulam.service.table.ServedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Opens the bucket, the catalog and the ledger that the settings name. */
public final class ServiceParts {
    private static final int DATASETS_VERSIONS = 1;

    private ServiceParts() {}

    /**
     * The bucket.
     *
     * @throws InvalidSetting if there is none
     */
    public static Bucket bucket(ServiceSettings settings) {
        if (S3Uri.isOne(settings.bucket())) {
            return stored(settings);
        }
        if (settings.bucket().contains("://")) {
            throw new InvalidSetting("bucket", "must be a folder, s3://BUCKET/PREFIX or r2://BUCKET/PREFIX");
        }
        Path folder = Path.of(settings.bucket());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new InvalidSetting("bucket", "the folder " + folder + " cannot be made", e);
        }
        return new LocalBucket(folder);
    }

    private static Bucket stored(ServiceSettings settings) {
        try {
            S3Uri uri = S3Uri.parse(settings.bucket());
            String prefix = uri.key().replaceFirst("/+$", "");
            if (!prefix.isEmpty()) {
                Keys.require(prefix);
            }
            return new S3Bucket(stores(settings).store(uri), prefix.isEmpty() ? "" : prefix + "/");
        } catch (IllegalArgumentException | InvalidKey e) {
            throw new InvalidSetting("bucket", String.valueOf(e.getMessage()), e);
        }
    }

    private static S3Stores stores(ServiceSettings settings) {
        return new S3Stores(
                settings.store().access(), kind -> kind.without(settings.store().without()));
    }

    /**
     * The tables; null if none are served.
     *
     * @throws InvalidSetting if the libraries of table formats are not there
     */
    static @Nullable ServedTables tables(ServiceSettings settings, Bucket bucket) {
        TablesSettings tables = settings.tables();
        if (tables == null) {
            return null;
        }
        try {
            Class.forName("io.glulam.tables.Table");
        } catch (ClassNotFoundException e) {
            throw new InvalidSetting("tables", "needs the libraries in lib/tables on the class path", e);
        }
        String location = settings.bucket().replaceFirst("/+$", "");
        ServedTables served =
                new ServedTables(tables.catalogs(), settings.environment(), bucket, location, () -> stores(settings));
        for (TableSchedule schedule : tables.schedules()) {
            try {
                served.require(schedule.job().table());
            } catch (IllegalArgumentException e) {
                throw new InvalidSetting(
                        "tables", "the schedule of " + schedule.job().table() + " " + e.getMessage());
            }
        }
        return served;
    }

    /**
     * The catalog.
     *
     * @throws InvalidSetting if it cannot be reached; a Data API is not asked yet
     */
    public static Catalog catalog(ServiceSettings settings, DataFolder data) {
        if (settings.catalog().equals(ServiceSettings.EMBEDDED)) {
            Database database = Database.sqlite(data.file("catalog.db"));
            Migrations.apply(database, "datasets", DATASETS_VERSIONS);
            return new SqlCatalog(database, TableNames.DEFAULTS, "the embedded SQLite");
        }
        if (DataApiCatalog.matches(settings.catalog())) {
            return dataApi(settings);
        }
        PostgresAddress address = postgres("catalog", settings.catalog());
        return new SqlCatalog(connect("catalog", address), settings.names(), address.toString());
    }

    private static Catalog dataApi(ServiceSettings settings) {
        if (settings.catalogKey() == null) {
            throw new InvalidSetting(
                    "catalog-key", "is missing: a Data API needs a secret key; GLULAM_CATALOG_KEY_FILE names its file");
        }
        try {
            return new DataApiCatalog(settings.catalog(), settings.catalogKey(), settings.names());
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting("catalog", String.valueOf(e.getMessage()));
        }
    }

    /** @throws InvalidSetting if it cannot be reached */
    static Database ledger(ServiceSettings settings, DataFolder data) {
        return settings.ledger().equals(ServiceSettings.EMBEDDED)
                ? Database.sqlite(data.file("ledger.db"))
                : connect("ledger", postgres("ledger", settings.ledger()));
    }

    private static PostgresAddress postgres(String setting, String text) {
        try {
            return PostgresAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidSetting(setting, String.valueOf(e.getMessage()));
        }
    }

    private static Database connect(String setting, PostgresAddress address) {
        try {
            return Database.postgres(address);
        } catch (DatabaseFailed e) {
            throw new InvalidSetting(setting, String.valueOf(e.getMessage()), e);
        }
    }
}
