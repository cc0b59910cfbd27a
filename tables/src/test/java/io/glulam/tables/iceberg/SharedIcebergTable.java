package io.glulam.tables.iceberg;

import io.glulam.CompactionOptions;
import io.glulam.tables.SharedTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/** An Iceberg table in a JDBC catalog on SQLite. Rows are deleted by their positions or by their ids, in turns. */
public final class SharedIcebergTable implements SharedTable {
    private final Path folder;
    private final TestTable table;

    private SharedIcebergTable(Path folder, TestTable table) {
        this.folder = folder;
        this.table = table;
    }

    /** Makes or opens the table in a folder. */
    public static SharedIcebergTable open(Path folder, boolean create) {
        PartitionSpec spec =
                PartitionSpec.builderFor(TestTable.EVENTS).identity("day").build();
        Map<String, String> properties = Map.of(
                "format-version", "2",
                "commit.retry.num-retries", "50",
                "commit.retry.min-wait-ms", "5",
                "commit.retry.max-wait-ms", "200");
        if (!create) {
            return new SharedIcebergTable(folder, TestTable.existing(folder));
        }
        TestTable table = TestTable.of(folder, TestTable.EVENTS, spec, SortOrder.unsorted(), properties);
        table.access(); // Writes the configuration of catalogs.
        return new SharedIcebergTable(folder, table);
    }

    @Override
    public io.glulam.tables.Table opened() {
        IcebergTables.Access access =
                new IcebergTables.Access(folder.resolve("catalogs.properties"), List.of(), Map.of());
        return IcebergTables.open(
                table.address(), access, CompactionOptions.defaults().withThreads(1));
    }

    @Override
    public void append(long firstId, int rowsAFile) {
        Table into = table.table();
        AppendFiles append = into.newAppend();
        for (int day = 0; day < 2; day++) {
            long first = firstId + day;
            append.appendFile(table.write(
                    into,
                    LongStream.range(0, rowsAFile)
                            .mapToObj(i -> table.event(first + 2 * i))
                            .toList()));
        }
        append.commit();
    }

    @Override
    public List<Long> delete(long firstId, int rowsAFile, Random random) {
        Table from = table.table();
        Snapshot start = from.currentSnapshot();
        long id = firstId + random.nextInt(2 * rowsAFile);
        try (CloseableIterable<FileScanTask> tasks = from.newScan().planFiles()) {
            for (FileScanTask task : tasks) {
                long position = position(from, task.file(), id);
                if (position >= 0) {
                    return random.nextBoolean()
                            ? deletedById(from, task.file(), id)
                            : deletedByPosition(from, start, task.file(), position, id);
                }
            }
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Long> deletedById(Table from, DataFile file, long id) {
        table.deleteId(from, file.partition(), id);
        return List.of(id);
    }

    /** As Spark does it: the file must still be there at the commit. */
    private List<Long> deletedByPosition(Table from, Snapshot start, DataFile file, long position, long id) {
        RowDelta delta = from.newRowDelta()
                .addDeletes(table.positionDeletes(from, file, position))
                .validateFromSnapshot(start.snapshotId())
                .validateDataFilesExist(List.of(file.location()))
                .validateDeletedFiles();
        try {
            delta.commit();
            return List.of(id);
        } catch (ValidationException compactedMeanwhile) {
            return List.of();
        }
    }

    private static long position(Table from, DataFile file, long id) throws IOException {
        try (CloseableIterable<Record> records = Parquet.read(from.io().newInputFile(file.location()))
                .project(from.schema().select("id"))
                .createReaderFunc(
                        type -> GenericParquetReaders.buildReader(from.schema().select("id"), type))
                .build()) {
            long position = 0;
            for (Record record : records) {
                if ((Long) record.get(0) == id) {
                    return position;
                }
                position++;
            }
            return -1;
        }
    }

    @Override
    public List<Long> ids() {
        table.table();
        List<Long> ids = new ArrayList<>(table.idsInOrder());
        ids.sort(null);
        return ids;
    }

    @Override
    public List<String> rows() {
        return table.rows();
    }

    @Override
    public Set<Path> named() {
        Set<Path> files = new HashSet<>();
        table.files().forEach(file -> files.add(Path.of(file.location())));
        return files;
    }

    @Override
    public Path data() {
        return folder.resolve("warehouse");
    }

    @Override
    public void close() {
        table.close();
    }
}
