package io.glulam.tables.delta;

import io.delta.kernel.DataWriteContext;
import io.delta.kernel.Operation;
import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.SnapshotBuilder;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.defaults.internal.data.DefaultColumnarBatch;
import io.delta.kernel.defaults.internal.data.vector.DefaultGenericVector;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.MetadataColumnSpec;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.DataFileStatus;
import io.delta.kernel.utils.FileStatus;
import io.glulam.CompactionOptions;
import io.glulam.tables.Table;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A table written and read by Delta Kernel's default engine: Hadoop's file system and parquet-java. */
final class KernelTable {
    private final Engine engine = DefaultEngine.create(new Configuration());
    private final Path folder;

    KernelTable(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Makes a table. */
    KernelTable create(StructType schema, Map<String, String> properties, String... partitionColumns) {
        var builder = TableManager.buildCreateTableTransaction(folder.toString(), schema, "test")
                .withTableProperties(properties);
        if (partitionColumns.length > 0) {
            builder = builder.withDataLayoutSpec(DataLayoutSpec.partitioned(
                    Arrays.stream(partitionColumns).map(Column::new).toList()));
        }
        builder.build(engine).commit(engine, CloseableIterable.emptyIterable());
        return this;
    }

    /** Adds a file of rows to a table without partitions, in a commit. */
    KernelTable append(Object[]... rows) throws IOException {
        return append(Map.of(), rows);
    }

    /**
     * Adds a file of rows, in a commit.
     *
     * @param rows values of all columns, those of partition columns included
     */
    KernelTable append(Map<String, Literal> partition, Object[]... rows) throws IOException {
        Transaction transaction = transaction();
        Row state = transaction.getTransactionState(engine);
        StructType schema = transaction.getSchema(engine);
        ColumnVector[] columns = new ColumnVector[schema.length()];
        for (int i = 0; i < columns.length; i++) {
            int column = i;
            columns[i] = DefaultGenericVector.fromArray(
                    schema.at(i).getDataType(),
                    Stream.of(rows).map(row -> row[column]).toArray());
        }
        FilteredColumnarBatch batch =
                new FilteredColumnarBatch(new DefaultColumnarBatch(rows.length, schema, columns), Optional.empty());
        CloseableIterator<FilteredColumnarBatch> physical = isMapped()
                ? Utils.singletonCloseableIterator(physical(columns, rows.length))
                : Transaction.transformLogicalData(engine, state, Utils.singletonCloseableIterator(batch), partition);
        DataWriteContext context = Transaction.getWriteContext(engine, state, partition);
        CloseableIterator<DataFileStatus> files = engine.getParquetHandler()
                .writeParquetFiles(context.getTargetDirectory(), physical, context.getStatisticsColumns());
        CloseableIterator<Row> actions = Transaction.generateAppendActions(engine, state, files, context);
        var result = transaction.commit(engine, CloseableIterable.inMemoryIterable(actions));
        for (PostCommitHook hook : result.getPostCommitHooks()) {
            hook.threadSafeInvoke(engine);
        }
        return this;
    }

    /** A data file that is no part of the table yet. */
    record NewFile(String path, long size) {}

    /** Writes a file of rows with a value of the only partition column, which stands last. */
    NewFile write(String column, String value, Object[]... rows) throws IOException {
        Transaction transaction = transaction();
        Row state = transaction.getTransactionState(engine);
        StructType schema = transaction.getSchema(engine);
        ColumnVector[] columns = new ColumnVector[schema.length()];
        for (int i = 0; i < columns.length; i++) {
            int at = i;
            columns[i] = DefaultGenericVector.fromArray(
                    schema.at(i).getDataType(),
                    Stream.of(rows).map(row -> row[at]).toArray());
        }
        FilteredColumnarBatch batch =
                new FilteredColumnarBatch(new DefaultColumnarBatch(rows.length, schema, columns), Optional.empty());
        Map<String, Literal> partition = Map.of(column, Literal.ofString(value));
        DataWriteContext context = Transaction.getWriteContext(engine, state, partition);
        try (CloseableIterator<DataFileStatus> files = engine.getParquetHandler()
                .writeParquetFiles(
                        context.getTargetDirectory(),
                        Transaction.transformLogicalData(
                                engine, state, Utils.singletonCloseableIterator(batch), partition),
                        context.getStatisticsColumns())) {
            DataFileStatus file = files.next();
            String path = java.net.URI.create(file.getPath()).getPath();
            return new NewFile(folder.toAbsolutePath().relativize(Path.of(path)).toString(), file.getSize());
        }
    }

    private boolean isMapped() {
        return newest().getTableProperties().containsKey("delta.columnMapping.mode");
    }

    /** The kernel itself does not write rows of mapped columns yet; its Parquet writer does. */
    private FilteredColumnarBatch physical(ColumnVector[] columns, int rows) {
        StructType physical = newest().getMetadata().getPhysicalSchema();
        return new FilteredColumnarBatch(new DefaultColumnarBatch(rows, physical, columns), Optional.empty());
    }

    private Transaction transaction() {
        return newest().buildUpdateTableTransaction("test", Operation.WRITE).build(engine);
    }

    /** Changes the schema. */
    KernelTable evolve(StructType schema) {
        newest().buildUpdateTableTransaction("test", Operation.MANUAL_UPDATE)
                .withUpdatedSchema(schema)
                .build(engine)
                .commit(engine, CloseableIterable.emptyIterable());
        return this;
    }

    /** Sets properties. */
    KernelTable set(Map<String, String> properties) {
        newest().buildUpdateTableTransaction("test", Operation.MANUAL_UPDATE)
                .withTablePropertiesAdded(properties)
                .build(engine)
                .commit(engine, CloseableIterable.emptyIterable());
        return this;
    }

    /** Writes a checkpoint of the newest version. */
    KernelTable checkpoint() throws IOException {
        newest().writeCheckpoint(engine);
        return this;
    }

    /** Opens the table as Glulam does. */
    Table open() {
        return DeltaTables.open(
                new TableAddress.Delta(folder.toString()),
                () -> {
                    throw new AssertionError("a local table needs no store");
                },
                CompactionOptions.defaults().withThreads(1));
    }

    /** Compacts the table. */
    TableReport compact() {
        return compact(TableRequest.defaults());
    }

    TableReport compact(TableRequest request) {
        try (Table opened = open()) {
            return opened.compact(request, TableListener.NONE);
        }
    }

    Snapshot newest() {
        return TableManager.loadSnapshot(folder.toString()).build(engine);
    }

    long version() {
        return newest().getVersion();
    }

    StructType schema() {
        return newest().getSchema();
    }

    /** Rows of the newest version as text, in any order, sorted. */
    List<String> rows() throws IOException {
        return rows(newest(), false);
    }

    /** Rows of a version. */
    List<String> rows(long version) throws IOException {
        SnapshotBuilder builder = TableManager.loadSnapshot(folder.toString()).atVersion(version);
        return rows(builder.build(engine), false);
    }

    /** Rows of the newest version with their ids and the versions of their last changes. */
    List<String> trackedRows() throws IOException {
        return rows(newest(), true);
    }

    private List<String> rows(Snapshot snapshot, boolean tracked) throws IOException {
        StructType schema = snapshot.getSchema();
        if (tracked) {
            schema = schema.addMetadataColumn("row_id", MetadataColumnSpec.ROW_ID)
                    .addMetadataColumn("row_version", MetadataColumnSpec.ROW_COMMIT_VERSION);
        }
        Scan scan = snapshot.getScanBuilder().withReadSchema(schema).build();
        Row state = scan.getScanState(engine);
        StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
        List<String> rows = new ArrayList<>();
        for (Row file : files(scan)) {
            FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
            CloseableIterator<ColumnarBatch> data = engine.getParquetHandler()
                    .readParquetFiles(Utils.singletonCloseableIterator(status), physical, Optional.empty())
                    .map(result -> result.getData());
            try (var batches = Scan.transformPhysicalData(engine, state, file, data)) {
                while (batches.hasNext()) {
                    batches.next().getRows().forEachRemaining(row -> rows.add(text(row)));
                }
            }
        }
        Collections.sort(rows);
        return rows;
    }

    private List<Row> files(Scan scan) throws IOException {
        List<Row> files = new ArrayList<>();
        try (var batches = scan.getScanFiles(engine, true)) {
            while (batches.hasNext()) {
                batches.next().getRows().forEachRemaining(files::add);
            }
        }
        return files;
    }

    /** The active files. */
    List<AddFile> files() throws IOException {
        return files(newest().getScanBuilder().build()).stream()
                .map(row -> new AddFile(row.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL)))
                .toList();
    }

    /** The text of a commit. */
    String commit(long version) throws IOException {
        return Files.readString(log(version));
    }

    Path log(long version) {
        return folder.resolve("_delta_log/%020d.json".formatted(version));
    }

    /** Every file below the table's folder but Hadoop's checksums, with its bytes. */
    Map<String, String> everything() throws IOException {
        Map<String, String> all = new java.util.TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                all.put(folder.relativize(path).toString(), Arrays.toString(Files.readAllBytes(path)));
            }
        }
        return all;
    }

    private static String text(Row row) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.getSchema().length(); i++) {
            StructField field = row.getSchema().at(i);
            values.add(field.getName() + "=" + (row.isNullAt(i) ? "null" : value(row, i, field.getDataType())));
        }
        return values.toString();
    }

    private static String value(Row row, int field, DataType type) {
        if (type instanceof StructType) {
            return text(row.getStruct(field));
        }
        if (type instanceof MapType) {
            MapValue map = row.getMap(field);
            return VectorUtils.toJavaMap(map).toString();
        }
        if (type instanceof ArrayType) {
            return VectorUtils.toJavaList(row.getArray(field)).toString();
        }
        return switch (type.toString()) {
            case "integer", "date" -> Integer.toString(row.getInt(field));
            case "long", "timestamp", "timestamp_ntz" -> Long.toString(row.getLong(field));
            case "double" -> Long.toHexString(Double.doubleToRawLongBits(row.getDouble(field)));
            case "float" -> Integer.toHexString(Float.floatToRawIntBits(row.getFloat(field)));
            case "boolean" -> Boolean.toString(row.getBoolean(field));
            case "short" -> Short.toString(row.getShort(field));
            case "byte" -> Byte.toString(row.getByte(field));
            case "binary" -> Arrays.toString(row.getBinary(field));
            case "string" -> row.getString(field);
            default -> row.getDecimal(field).toString();
        };
    }
}
