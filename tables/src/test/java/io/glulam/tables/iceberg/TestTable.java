package io.glulam.tables.iceberg;

import io.glulam.CompactionOptions;
import io.glulam.plan.Settings;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.iceberg.files.GlulamFileIO;
import io.glulam.testkit.s3.StrictStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;

/** A table in a JDBC catalog on SQLite, written and read by Iceberg's generic writers and readers. */
final class TestTable implements AutoCloseable {
    static final Schema EVENTS = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()),
            Types.NestedField.optional(3, "price", Types.DoubleType.get()),
            Types.NestedField.optional(4, "day", Types.StringType.get()),
            Types.NestedField.optional(5, "tags", Types.ListType.ofOptional(6, Types.StringType.get())));

    private final Map<String, String> catalogProperties = new HashMap<>();
    private final Catalog catalog;
    private final TableIdentifier identifier;
    private final Table table;

    private final Path configuration;

    private TestTable(
            Path folder,
            Map<String, String> store,
            Schema schema,
            PartitionSpec spec,
            SortOrder order,
            Map<String, String> properties) {
        identifier = TableIdentifier.of(store.getOrDefault("namespace", "db"), "events");
        configuration = folder.resolve("catalogs.properties");
        folder.toFile().mkdirs();
        catalogProperties.put("uri", "jdbc:sqlite:" + folder.resolve("catalog.db"));
        catalogProperties.put("warehouse", folder.resolve("warehouse").toString());
        catalogProperties.putAll(store);
        Map<String, String> all = new HashMap<>(catalogProperties);
        all.put("io-impl", GlulamFileIO.class.getName());
        all.put("retryable_status_codes", "57P01"); // Tests cut connections.
        boolean rest = store.containsKey("rest");
        catalog = rest ? new RESTCatalog() : new JdbcCatalog();
        catalog.initialize("test", all);
        if (schema == null) {
            table = catalog.loadTable(identifier);
            return;
        }
        ((SupportsNamespaces) catalog).createNamespace(identifier.namespace());
        table = catalog.buildTable(identifier, schema)
                .withPartitionSpec(spec)
                .withSortOrder(order)
                .withProperties(properties)
                .create();
    }

    static TestTable of(Path folder, int version) {
        return of(folder, EVENTS, PartitionSpec.unpartitioned(), version);
    }

    static TestTable of(Path folder, Schema schema, PartitionSpec spec, int version) {
        return of(folder, schema, spec, SortOrder.unsorted(), Map.of("format-version", Integer.toString(version)));
    }

    static TestTable of(
            Path folder, Schema schema, PartitionSpec spec, SortOrder order, Map<String, String> properties) {
        return new TestTable(folder, Map.of(), schema, spec, order, properties);
    }

    /** The table that another process has made in a folder. */
    static TestTable existing(Path folder) {
        return new TestTable(folder, Map.of(), null, null, null, null);
    }

    /** A table in a catalog that is reached by other properties than those of SQLite. */
    static TestTable in(Map<String, String> catalog, Path folder, Map<String, String> properties) {
        return new TestTable(folder, catalog, EVENTS, PartitionSpec.unpartitioned(), SortOrder.unsorted(), properties);
    }

    /** A table whose files lie in a store. */
    static TestTable in(StrictStore store, Path folder, int version) {
        Map<String, String> properties = Map.of(
                "warehouse",
                "s3://" + StrictStore.BUCKET + "/lake",
                "s3.endpoint",
                store.endpoint().toString(),
                "s3.access-key-id",
                "AK",
                "s3.secret-access-key",
                "very-secret");
        return new TestTable(
                folder,
                properties,
                EVENTS,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                Map.of("format-version", Integer.toString(version)));
    }

    Table table() {
        table.refresh();
        return table;
    }

    /** The same table, loaded apart, as another writer has it. */
    Table other() {
        return catalog.loadTable(identifier);
    }

    TableAddress.Iceberg address() {
        return new TableAddress.Iceberg("test", List.of(identifier.namespace().levels()), "events");
    }

    IcebergTables.Access access() {
        List<String> lines = new ArrayList<>();
        lines.add("test.type=" + (catalog instanceof RESTCatalog ? "rest" : "jdbc"));
        catalogProperties.forEach((key, value) -> lines.add("test." + key + "=" + value));
        try {
            Files.write(configuration, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new IcebergTables.Access(configuration, List.of(), Map.of());
    }

    io.glulam.tables.Table open() {
        return open(Settings.defaults());
    }

    io.glulam.tables.Table open(Settings settings) {
        return IcebergTables.open(
                address(), access(), CompactionOptions.defaults().withThreads(1).withSettings(settings));
    }

    TablePlan plan(TableRequest request) {
        try (io.glulam.tables.Table opened = open()) {
            return opened.plan(request);
        }
    }

    TablePlan plan(String... options) {
        return plan(request(options));
    }

    TableReport compact(TableRequest request) {
        try (io.glulam.tables.Table opened = open()) {
            return opened.compact(request, TableListener.NONE);
        }
    }

    TableReport compact(String... options) {
        return compact(request(options));
    }

    static TableRequest request(String... options) {
        Map<String, String> map = new HashMap<>();
        Arrays.stream(options).map(option -> option.split("=", 2)).forEach(pair -> map.put(pair[0], pair[1]));
        return TableRequest.defaults().withOptions(map);
    }

    /** A row of a schema, its values in order. */
    Record row(Object... values) {
        Record record = GenericRecord.create(table.schema());
        for (int i = 0; i < values.length; i++) {
            record.set(i, values[i]);
        }
        return record;
    }

    Record event(long id) {
        return row(
                id,
                id % 7 == 0 ? null : "name " + id % 50,
                id % 11 == 0 ? Double.NaN : id / 3.0,
                "day" + id % 2,
                id % 5 == 0 ? null : List.of("a" + id % 3, "b"));
    }

    List<Record> events(long from, long to) {
        List<Record> rows = new ArrayList<>();
        for (long id = from; id < to; id++) {
            rows.add(event(id));
        }
        return rows;
    }

    /** Appends a file of the rows, which all belong to one partition of the current spec. */
    DataFile append(List<Record> rows) {
        return append(table(), rows);
    }

    DataFile append(Table into, List<Record> rows) {
        DataFile file = write(into, rows);
        AppendFiles append = into.newAppend();
        append.appendFile(file);
        append.commit();
        return file;
    }

    /** Appends files of 100 events each, one commit apart. */
    void appendEvents(int files) {
        for (int i = 0; i < files; i++) {
            append(events(100L * i, 100L * i + 100));
        }
    }

    DataFile write(Table into, List<Record> rows) {
        PartitionKey partition = partition(into, rows);
        DataWriter<Record> writer = new GenericFileWriterFactory.Builder(into)
                .dataFileFormat(FileFormat.PARQUET)
                .build()
                .newDataWriter(output(into, partition), into.spec(), partition);
        try (writer) {
            rows.forEach(writer::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDataFile();
    }

    private static PartitionKey partition(Table into, List<Record> rows) {
        if (into.spec().isUnpartitioned()) {
            return null;
        }
        PartitionKey key = new PartitionKey(into.spec(), into.schema());
        key.partition(new InternalRecordWrapper(into.schema().asStruct()).wrap(rows.get(0)));
        return key.copy();
    }

    private static EncryptedOutputFile output(Table into, StructLike partition) {
        OutputFileFactory factory = OutputFileFactory.builderFor(into, 1, System.nanoTime())
                .format(FileFormat.PARQUET)
                .build();
        return into.spec().isUnpartitioned() ? factory.newOutputFile() : factory.newOutputFile(into.spec(), partition);
    }

    /** Deletes rows of a file by their positions. */
    void deletePositions(Table from, DataFile file, long... positions) {
        commit(from, positionDeletes(from, file, positions));
    }

    /** Writes a file of position deletes, which is no part of the table yet. */
    DeleteFile positionDeletes(Table from, DataFile file, long... positions) {
        PositionDeleteWriter<Record> writer = new GenericFileWriterFactory.Builder(from)
                .deleteFileFormat(FileFormat.PARQUET)
                .build()
                .newPositionDeleteWriter(output(from, file.partition()), from.spec(), file.partition());
        try (writer) {
            PositionDelete<Record> delete = PositionDelete.create();
            for (long position : positions) {
                writer.write(delete.set(file.location(), position));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toDeleteFile();
    }

    /** Deletes the row at a position of each of several files, by one delete file of that format. */
    DeleteFile deletePosition(FileFormat format, long position, DataFile... files) {
        Table from = table();
        OutputFileFactory factory = OutputFileFactory.builderFor(from, 1, System.nanoTime())
                .format(format)
                .build();
        EncryptedOutputFile file = from.spec().isUnpartitioned()
                ? factory.newOutputFile()
                : factory.newOutputFile(from.spec(), files[0].partition());
        PositionDeleteWriter<Record> writer = new GenericFileWriterFactory.Builder(from)
                .deleteFileFormat(format)
                .build()
                .newPositionDeleteWriter(file, from.spec(), files[0].partition());
        try (writer) {
            PositionDelete<Record> delete = PositionDelete.create();
            for (DataFile one : Arrays.stream(files)
                    .sorted(java.util.Comparator.comparing(DataFile::location))
                    .toList()) {
                writer.write(delete.set(one.location(), position));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commit(from, writer.toDeleteFile());
        return writer.toDeleteFile();
    }

    /** The delete files that apply to live data files. */
    Set<String> deleteFiles() {
        try (CloseableIterable<FileScanTask> tasks = table().newScan().planFiles()) {
            Set<String> files = new java.util.TreeSet<>();
            for (FileScanTask task : tasks) {
                task.deletes().forEach(delete -> files.add(delete.location()));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Delete files and deletion vectors of the newest snapshot, whether they apply to anything or not. */
    String totalDeleteFiles() {
        return table().currentSnapshot().summary().get("total-delete-files");
    }

    /** Deletes rows of a file by a deletion vector. */
    void deleteByVector(Table from, DataFile file, long... positions) {
        OutputFileFactory factory = OutputFileFactory.builderFor(from, 1, System.nanoTime())
                .format(FileFormat.PUFFIN)
                .build();
        BaseDVFileWriter writer = new BaseDVFileWriter(factory, path -> null);
        try (writer) {
            for (long position : positions) {
                writer.delete(file.location(), position, from.spec(), file.partition());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RowDelta delta = from.newRowDelta();
        writer.result().deleteFiles().forEach(delta::addDeletes);
        delta.commit();
    }

    /** Deletes all rows with an id, whatever file they are in. */
    void deleteId(Table from, StructLike partition, long id) {
        Schema schema = from.schema().select("id");
        EqualityDeleteWriter<Record> writer = new GenericFileWriterFactory.Builder(from)
                .deleteFileFormat(FileFormat.PARQUET)
                .equalityFieldIds(new int[] {from.schema().findField("id").fieldId()})
                .equalityDeleteRowSchema(schema)
                .build()
                .newEqualityDeleteWriter(output(from, partition), from.spec(), partition);
        try (writer) {
            Record record = GenericRecord.create(schema);
            record.set(0, id);
            writer.write(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commit(from, writer.toDeleteFile());
    }

    private static void commit(Table into, DeleteFile file) {
        into.newRowDelta().addDeletes(file).commit();
    }

    /** All rows of the present state as texts, sorted. */
    List<String> rows() {
        return rows(IcebergGenerics.read(table()), 0);
    }

    /** All rows of a snapshot as texts, sorted. */
    List<String> rows(long snapshot) {
        return rows(IcebergGenerics.read(table()).useSnapshot(snapshot), 0);
    }

    /** The ids of all rows, as they stand in the only file. */
    List<Long> idsInOrder() {
        try (CloseableIterable<Record> records =
                IcebergGenerics.read(table()).select("id").build()) {
            List<Long> ids = new ArrayList<>();
            records.forEach(record -> ids.add((Long) record.get(0)));
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All rows with their row lineage, as texts, sorted. */
    List<String> lineage() {
        return rows(
                IcebergGenerics.read(table())
                        .project(org.apache.iceberg.MetadataColumns.schemaWithRowLineage(table.schema())),
                2);
    }

    /** Where deletes apply, the reader adds the position in the file. */
    private List<String> rows(IcebergGenerics.ScanBuilder scan, int columnsBesides) {
        try (CloseableIterable<Record> records = scan.build()) {
            List<String> rows = new ArrayList<>();
            for (Record record : records) {
                List<Object> values = new ArrayList<>();
                for (int i = 0; i < table.schema().columns().size() + columnsBesides; i++) {
                    values.add(record.get(i));
                }
                rows.add(values.toString());
            }
            rows.sort(null);
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data files of the present state, with their statistics. */
    List<DataFile> files() {
        try (CloseableIterable<FileScanTask> tasks =
                table().newScan().includeColumnStats().planFiles()) {
            List<DataFile> files = new ArrayList<>();
            for (FileScanTask task : tasks) {
                files.add(task.file().copy());
            }
            files.sort(java.util.Comparator.comparing(DataFile::location));
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            ((Closeable) catalog).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
