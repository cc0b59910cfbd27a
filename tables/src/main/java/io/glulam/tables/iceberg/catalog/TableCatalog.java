package io.glulam.tables.iceberg.catalog;

import io.glulam.tables.iceberg.files.Locations;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;

/** A catalog as far as a compaction needs it. Not thread-safe. */
public interface TableCatalog extends AutoCloseable {
    /**
     * Loads a table; again, it renews the credentials that the catalog hands out.
     *
     * @throws io.glulam.error.GlulamException if the table cannot be loaded
     */
    Table load(TableIdentifier name);

    /** Returns the places that the files of a table may lie in. */
    Locations locations(Table table);

    /** Returns sentences for people about the catalog, such as that it is unsafe. */
    List<String> warnings();

    @Override
    void close();
}
