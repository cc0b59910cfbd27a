package io.glulam.cli;

import io.glulam.cli.demo.DemoFile;
import io.glulam.tables.iceberg.files.GlulamFileIO;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
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

/** Tables of small files in a store. */
final class StoredTables {
    /** Files of each table. */
    static final int FILES = 4;

    /** A secret of the Iceberg catalog's configuration. */
    static final String SECRET = "very-secret-key-of-the-store";

    private static final TableIdentifier EVENTS = TableIdentifier.of(Namespace.of("db"), "events");

    private StoredTables() {}

    private static byte[] file(Path folder) throws IOException {
        Path file = folder.resolve("part.parquet");
        if (!Files.exists(file)) {
            DemoFile.write(file, 1, (written, of) -> {});
        }
        return Files.readAllBytes(file);
    }

    private static Map<String, String> properties(StrictStore store, Path folder) {
        return Map.of(
                "uri",
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                "warehouse",
                "s3://" + StrictStore.BUCKET + "/lake",
                "s3.endpoint",
                store.endpoint().toString(),
                "s3.access-key-id",
                "AK",
                "s3.secret-access-key",
                SECRET);
    }

    private static JdbcCatalog catalog(StrictStore store, Path folder) {
        Map<String, String> all = new HashMap<>(properties(store, folder));
        all.put("io-impl", GlulamFileIO.class.getName());
        JdbcCatalog catalog = new JdbcCatalog();
        catalog.initialize("prod", all);
        return catalog;
    }

    /**
     * Makes the Iceberg table {@code iceberg:prod.db.events}.
     *
     * @return the file for the setting {@code tables}
     */
    static Path iceberg(StrictStore store, Path folder) throws IOException {
        byte[] bytes = file(folder);
        JdbcCatalog catalog = catalog(store, folder);
        try (catalog) {
            catalog.createNamespace(EVENTS.namespace());
            Schema schema = SchemaParser.fromJson(DemoFile.ICEBERG_SCHEMA);
            Table table = catalog.buildTable(EVENTS, schema)
                    .withProperty(
                            TableProperties.DEFAULT_NAME_MAPPING, NameMappingParser.toJson(MappingUtil.create(schema)))
                    .create();
            AppendFiles append = table.newAppend();
            for (int i = 0; i < FILES; i++) {
                String location = table.locationProvider().newDataLocation("part-" + i + ".parquet");
                store.put(location.replace("s3://" + StrictStore.BUCKET + "/", ""), Extents.of(bytes), Map.of());
                append.appendFile(DataFiles.builder(table.spec())
                        .withPath(location)
                        .withFileSizeInBytes(bytes.length)
                        .withRecordCount(DemoFile.ROWS_PER_GROUP)
                        .build());
            }
            append.commit();
        }
        StringBuilder configuration = new StringBuilder("prod.type=jdbc\n");
        properties(store, folder)
                .forEach((key, value) -> configuration
                        .append("prod.")
                        .append(key)
                        .append('=')
                        .append(value)
                        .append('\n'));
        Files.writeString(folder.resolve("catalogs.properties"), configuration);
        return Files.writeString(folder.resolve("tables.json"), "{\"catalogs\":\"catalogs.properties\"}");
    }

    /** Snapshots of the Iceberg table. */
    static int snapshots(StrictStore store, Path folder) {
        JdbcCatalog catalog = catalog(store, folder);
        try (catalog) {
            int snapshots = 0;
            for (Object ignored : catalog.loadTable(EVENTS).snapshots()) {
                snapshots++;
            }
            return snapshots;
        }
    }

    /** Rows of the Iceberg table by its newest snapshot's summary. */
    static String rows(StrictStore store, Path folder) {
        JdbcCatalog catalog = catalog(store, folder);
        try (catalog) {
            return catalog.loadTable(EVENTS).currentSnapshot().summary().get("total-records");
        }
    }

    private static String column(String name, String type) {
        return "{\\\"name\\\":\\\"" + name + "\\\",\\\"type\\\":" + type
                + ",\\\"nullable\\\":true,\\\"metadata\\\":{}}";
    }

    private static String simple(String name, String type) {
        return column(name, "\\\"" + type + "\\\"");
    }

    /** Makes a Delta table in a folder of the store. */
    static void delta(StrictStore store, Path folder, String prefix) throws IOException {
        byte[] bytes = file(folder);
        String fields = String.join(
                ",",
                simple("id", "long"),
                simple("timestamp", "timestamp"),
                simple("user", "integer"),
                simple("country", "string"),
                simple("path", "string"),
                simple("amount", "double"),
                simple("price", "decimal(12,2)"),
                simple("session", "string"),
                column(
                        "tags",
                        "{\\\"type\\\":\\\"array\\\",\\\"elementType\\\":\\\"string\\\",\\\"containsNull\\\":false}"));
        StringBuilder log = new StringBuilder("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}\n")
                .append(
                        "{\"metaData\":{\"id\":\"t\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":")
                .append("\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[")
                .append(fields)
                .append("]}\",\"partitionColumns\":[],\"configuration\":{},\"createdTime\":1}}\n");
        for (int i = 0; i < FILES; i++) {
            store.put(prefix + "/part-" + i + ".parquet", Extents.of(bytes), Map.of());
            log.append(
                    ("{\"add\":{\"path\":\"part-%d.parquet\",\"partitionValues\":{},\"size\":%d,\"modificationTime\":%d,\"dataChange\":true}}\n")
                            .formatted(i, bytes.length, i));
        }
        store.put(
                prefix + "/_delta_log/00000000000000000000.json",
                Extents.of(log.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Map.of());
    }
}
