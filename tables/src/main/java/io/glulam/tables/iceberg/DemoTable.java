package io.glulam.tables.iceberg;

import io.glulam.tables.TableAddress;
import io.glulam.tables.iceberg.files.GlulamFileIO;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;

/** Makes the demonstration's table: many small files in a catalog of its own, a SQLite database in a folder. */
public final class DemoTable {
    private static final String CATALOG = "demo";

    private DemoTable() {}

    /** Makes one of the table's files. */
    @FunctionalInterface
    public interface FileMaker {
        /**
         * Writes a Parquet file without field ids.
         *
         * @return the number of its rows
         */
        long make(Path file, int index);
    }

    /** Returns the address of the table. */
    public static TableAddress.Iceberg address() {
        return new TableAddress.Iceberg(CATALOG, List.of("shop"), "views");
    }

    /** Returns how the catalog in a folder is reached. */
    public static List<String> catalogProperties(Path folder) {
        return List.of(
                "type=jdbc",
                "uri=jdbc:sqlite:" + folder.resolve("catalog.db").toAbsolutePath(),
                "warehouse=" + folder.resolve("warehouse").toAbsolutePath());
    }

    /**
     * Makes the table.
     *
     * @param folder an empty one, for the catalog and the files
     * @param schema of the files, as Iceberg's JSON
     * @param files number of files
     */
    public static void create(Path folder, String schema, int files, FileMaker maker) {
        Map<String, String> properties = new HashMap<>();
        catalogProperties(folder)
                .forEach(pair ->
                        properties.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
        properties.remove("type");
        properties.put(CatalogProperties.FILE_IO_IMPL, GlulamFileIO.class.getName());
        JdbcCatalog catalog = new JdbcCatalog();
        try (catalog) {
            catalog.initialize(CATALOG, properties);
            Namespace namespace = Namespace.of("shop");
            catalog.createNamespace(namespace);
            Schema parsed = SchemaParser.fromJson(schema);
            Table table = catalog.buildTable(TableIdentifier.of(namespace, "views"), parsed)
                    .withProperty(
                            TableProperties.DEFAULT_NAME_MAPPING, NameMappingParser.toJson(MappingUtil.create(parsed)))
                    .create();
            AppendFiles append = table.newAppend();
            for (int i = 0; i < files; i++) {
                Path file = Path.of(table.locationProvider().newDataLocation("part-" + i + ".parquet"));
                long rows = maker.make(file, i);
                append.appendFile(DataFiles.builder(table.spec())
                        .withPath(file.toString())
                        .withFileSizeInBytes(file.toFile().length())
                        .withRecordCount(rows)
                        .build());
            }
            append.commit();
        }
    }
}
