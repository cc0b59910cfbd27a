package io.glulam.tables.iceberg;

import io.glulam.CompactionOptions;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.iceberg.catalog.CatalogSettings;
import io.glulam.tables.iceberg.catalog.Catalogs;
import io.glulam.tables.iceberg.catalog.TableCatalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens Iceberg tables. */
public final class IcebergTables {
    private IcebergTables() {}

    /**
     * How catalogs are reached.
     *
     * @param file configuration of catalogs; null for the default place
     * @param properties of the table's catalog, each {@code key=value}, which go before the file's; no secrets
     * @param environment variables by name
     */
    public record Access(@Nullable Path file, List<String> properties, Map<String, String> environment) {
        public Access {
            properties = List.copyOf(properties);
            environment = Map.copyOf(environment);
        }

        CatalogSettings settings(String catalog) {
            Path path = file == null ? CatalogSettings.defaultFile(environment) : file;
            return CatalogSettings.read(path, environment).with(catalog, properties);
        }
    }

    /**
     * Opens a table.
     *
     * @param compaction how row groups are merged and what a run may use
     * @throws IllegalArgumentException with a sentence for people, if {@code access} cannot be meant
     * @throws io.glulam.error.GlulamException if the catalog or the table cannot be opened
     */
    public static Table open(TableAddress.Iceberg address, Access access, CompactionOptions compaction) {
        TableCatalog catalog = Catalogs.open(address.catalog(), access.settings(address.catalog()));
        try {
            return new IcebergTable(address, catalog, compaction);
        } catch (RuntimeException failure) {
            catalog.close();
            throw failure;
        }
    }
}
