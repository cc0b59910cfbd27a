package io.glulam.service;

import io.glulam.CompactionOptions;
import io.glulam.tables.Table;
import io.glulam.tables.TableVerification;
import io.glulam.tables.iceberg.DemoTable;
import io.glulam.tables.iceberg.IcebergTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Tables of many small files, and what a server needs to serve them. */
public final class ServedTable {
    /** The Iceberg table. */
    public static final String ICEBERG = DemoTable.address().toString();

    /** A secret of the catalog's configuration. */
    public static final String SECRET = "a-secret-that-nobody-may-see";

    private static final int ROWS = 50;
    private static final String ICEBERG_SCHEMA = "{\"type\":\"struct\",\"schema-id\":0,\"fields\":["
            + "{\"id\":1,\"name\":\"id\",\"required\":false,\"type\":\"long\"},"
            + "{\"id\":2,\"name\":\"name\",\"required\":false,\"type\":\"string\"}]}";
    private static final MessageType SCHEMA =
            MessageTypeParser.parseMessageType("message m { optional int64 id; optional binary name (STRING); }");

    private ServedTable() {}

    private static long write(Path file, int index) {
        try {
            Files.createDirectories(file.getParent());
            try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                    .withType(SCHEMA)
                    .build()) {
                SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
                for (int i = 0; i < ROWS; i++) {
                    Group group = groups.newGroup().append("id", (long) index * ROWS + i);
                    writer.write(i % 7 == 0 ? group : group.append("name", "name " + i % 9));
                }
            }
            return ROWS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the Iceberg table in a catalog of its own.
     *
     * @return the file for the setting {@code tables}
     */
    public static Path iceberg(Path folder, int files, String schedules) {
        makeFolder(folder);
        DemoTable.create(folder, ICEBERG_SCHEMA, files, ServedTable::write);
        StringBuilder catalogs = new StringBuilder();
        DemoTable.catalogProperties(folder)
                .forEach(property -> catalogs.append("demo.").append(property).append('\n'));
        catalogs.append("demo.s3.secret-access-key=").append(SECRET).append('\n');
        try {
            Files.writeString(folder.resolve("catalogs.properties"), catalogs);
            return Files.writeString(
                    folder.resolve("tables.json"),
                    "{\"catalogs\":\"catalogs.properties\",\"schedules\":[" + schedules + "]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Table open(Path folder) {
        return IcebergTables.open(
                DemoTable.address(),
                new IcebergTables.Access(folder.resolve("catalogs.properties"), List.of(), Map.of()),
                CompactionOptions.defaults().withThreads(1));
    }

    /** The newest snapshot of the Iceberg table. */
    public static long snapshot(Path folder) {
        try (Table table = open(folder)) {
            return table.plan(io.glulam.tables.TableRequest.defaults()).snapshot();
        }
    }

    /** Compares all rows of two snapshots of the Iceberg table. */
    public static TableVerification compare(Path folder, long before, long after) {
        try (Table table = open(folder)) {
            return table.verify(before, after);
        }
    }

    /** Files of the tables under a folder that Glulam has written. */
    public static List<Path> newFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("-glulam.parquet"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a Delta table in a folder. */
    public static void delta(Path folder, int files) {
        StringBuilder log = new StringBuilder("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}\n");
        String fields = "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}},"
                + "{\\\"name\\\":\\\"name\\\",\\\"type\\\":\\\"string\\\",\\\"nullable\\\":true,\\\"metadata\\\":{}}";
        log.append(
                        "{\"metaData\":{\"id\":\"0b8a\",\"format\":{\"provider\":\"parquet\",\"options\":{}},\"schemaString\":")
                .append("\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":[")
                .append(fields)
                .append("]}\",\"partitionColumns\":[],\"configuration\":{},\"createdTime\":1}}\n");
        try {
            for (int i = 0; i < files; i++) {
                Path file = folder.resolve("part-" + i + ".parquet");
                write(file, i);
                log.append(("{\"add\":{\"path\":\"part-%d.parquet\",\"partitionValues\":{},\"size\":%d,"
                                + "\"modificationTime\":%d,\"dataChange\":true}}\n")
                        .formatted(i, Files.size(file), i));
            }
            Files.createDirectories(folder.resolve("_delta_log"));
            Files.writeString(folder.resolve("_delta_log/00000000000000000000.json"), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Versions of a Delta table after the first one. */
    public static List<Path> deltaCommits(Path folder) {
        try (Stream<Path> files = Files.list(folder.resolve("_delta_log"))) {
            return files.filter(file -> file.toString().endsWith(".json")
                            && !file.toString().endsWith("00000000000000000000.json"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
