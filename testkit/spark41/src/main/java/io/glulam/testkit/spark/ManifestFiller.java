package io.glulam.testkit.spark;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Adds files to an Iceberg table that are in its manifests only: what planning costs does not depend on their bytes. */
final class ManifestFiller {
    private static final int FILES_A_COMMIT = 10_000;
    private static final int FILES_A_PARTITION = 100;
    private static final long FILE_BYTES = 1_500_000;
    private static final long FILE_ROWS = 40_000;

    private final Table table;

    /** @param table partitioned by one column of integers */
    ManifestFiller(Table table) {
        this.table = table;
    }

    void add(int count) {
        for (int from = 0; from < count; from += FILES_A_COMMIT) {
            AppendFiles append = table.newAppend();
            for (int i = from; i < Math.min(count, from + FILES_A_COMMIT); i++) {
                int partition = i / FILES_A_PARTITION;
                append.appendFile(DataFiles.builder(table.spec())
                        .withPath("%s/data/part=%d/%08d-0-4f0c2f0e-6a55-4b0e-9a55-0d9c5d3b7a11.parquet"
                                .formatted(table.location(), partition, i))
                        .withFormat(FileFormat.PARQUET)
                        .withPartitionPath("part=" + partition)
                        .withFileSizeInBytes(FILE_BYTES)
                        .withSplitOffsets(List.of(4L))
                        .withMetrics(metrics(i))
                        .build());
            }
            append.commit();
        }
    }

    private Metrics metrics(int file) {
        Map<Integer, Long> sizes = new HashMap<>();
        Map<Integer, Long> values = new HashMap<>();
        Map<Integer, Long> nulls = new HashMap<>();
        Map<Integer, ByteBuffer> lower = new HashMap<>();
        Map<Integer, ByteBuffer> upper = new HashMap<>();
        for (Types.NestedField column : table.schema().columns()) {
            int id = column.fieldId();
            sizes.put(id, FILE_BYTES / table.schema().columns().size());
            values.put(id, FILE_ROWS);
            nulls.put(id, (long) id);
            lower.put(id, bound(column.type(), file));
            upper.put(id, bound(column.type(), file + 1));
        }
        return new Metrics(FILE_ROWS, sizes, values, nulls, Map.of(), lower, upper);
    }

    private static ByteBuffer bound(Type type, int number) {
        return switch (type.typeId()) {
            case STRING -> Conversions.toByteBuffer(type, "value-" + number);
            case LONG -> Conversions.toByteBuffer(type, (long) number);
            default -> Conversions.toByteBuffer(type, number);
        };
    }
}
