package io.glulam.service.catalog;

import io.glulam.service.database.Database;
import io.glulam.service.database.Migrations;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest extends CatalogContract {
    @TempDir
    Path folder;

    @Override
    Catalog open() {
        Database database = Database.sqlite(folder.resolve("catalog.db"));
        Migrations.apply(database, "datasets", 1);
        return new SqlCatalog(database, TableNames.DEFAULTS, "SQLite");
    }
}
