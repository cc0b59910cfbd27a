package io.glulam.tables.iceberg.catalog;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.tables.iceberg.files.GlulamFileIO;
import io.glulam.tables.iceberg.files.Locations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/**
 * A catalog of type {@code hadoop}: folders of a local disk, without Hadoop. The specification of Iceberg deprecates it,
 * since its commits are safe only where all writers rename atomically.
 */
final class FileSystemCatalog implements TableCatalog {
    private static final List<String> WARNINGS = List.of("catalogs of type hadoop are deprecated: commits are safe only"
            + " while all writers rename files atomically, which no object store and not every file system does");

    private final String name;
    private final String warehouse;
    private final Map<String, String> properties;

    FileSystemCatalog(String name, Map<String, String> properties) {
        String given = properties.get(CatalogProperties.WAREHOUSE_LOCATION);
        if (given == null) {
            throw new Unsupported(Place.of(name), "a catalog of type hadoop needs the property warehouse", null);
        }
        if (!Locations.isLocal(given)) {
            throw new Unsupported(
                    Place.of(name),
                    "a catalog of type hadoop is safe on a local disk only",
                    "register the table in a catalog of type rest or jdbc");
        }
        this.name = name;
        this.warehouse = Locations.normal(given);
        this.properties = new HashMap<>(properties);
    }

    @Override
    public Table load(TableIdentifier identifier) {
        String folder =
                warehouse + "/" + String.join("/", identifier.namespace().levels()) + "/" + identifier.name();
        GlulamFileIO io = new GlulamFileIO();
        io.initialize(properties);
        String full = name + "." + identifier;
        FileSystemTable operations = new FileSystemTable(folder, io);
        return Catalogs.loading(full, () -> {
            if (operations.current() == null) {
                throw new StorageFailed(StorageFailed.Kind.MISSING, Place.of(full), "there is no such table", null);
            }
            return new BaseTable(operations, full);
        });
    }

    @Override
    public Locations locations(Table table) {
        return Catalogs.locationsOf(table, properties, false);
    }

    @Override
    public List<String> warnings() {
        return WARNINGS;
    }

    @Override
    public void close() {}
}
