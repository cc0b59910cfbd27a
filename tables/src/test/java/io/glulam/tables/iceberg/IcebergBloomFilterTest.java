package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.apache.parquet.column.values.bloomfilter.BloomFilter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bloom filters that a table's properties ask for, held against parquet-java's reader. */
@Tag("once")
class IcebergBloomFilterTest {
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "name", Types.StringType.get()),
            Types.NestedField.optional(3, "kind", Types.IntegerType.get()),
            Types.NestedField.optional(
                    4, "inner", Types.StructType.of(Types.NestedField.optional(5, "price", Types.DoubleType.get()))),
            Types.NestedField.optional(6, "other", Types.LongType.get()));

    private static final int ROWS = 4_000;

    @TempDir
    private Path folder;

    private static Record row(TestTable table, long id) {
        Record inner = GenericRecord.create(SCHEMA.findType("inner").asStructType());
        inner.setField("price", id * 1.5);
        return table.row(id * 7, id % 5 == 0 ? null : "name " + id, (int) (id % 3), inner, id);
    }

    private TestTable table(String... properties) {
        TestTable table = TestTable.of(folder, SCHEMA, PartitionSpec.unpartitioned(), 2);
        UpdateProperties update = table.table().updateProperties();
        for (int i = 0; i < properties.length; i += 2) {
            update.set(properties[i], properties[i + 1]);
        }
        update.commit();
        return table;
    }

    /** Sources have no filters: the property is set after they are written. */
    private static void append(TestTable table, int files) {
        for (int file = 0; file < files; file++) {
            List<Record> rows = new ArrayList<>();
            LongStream.range((long) file * ROWS, (file + 1L) * ROWS).forEach(id -> rows.add(row(table, id)));
            table.append(rows);
        }
    }

    private static void ask(TestTable table, String... columns) {
        UpdateProperties update = table.table().updateProperties();
        for (String column : columns) {
            update.set("write.parquet.bloom-filter-enabled.column." + column, "true");
        }
        update.commit();
    }

    private static String path(DataFile file) {
        return file.location().replaceFirst("^file:(//)?", "");
    }

    /** Chunks of a column that have a filter; {@code check} is called with each. */
    private static int filters(DataFile file, String column, Consumer<BloomFilter> check) throws IOException {
        int found = 0;
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path("file:" + path(file)), new Configuration(false)))) {
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                for (ColumnChunkMetaData chunk : block.getColumns()) {
                    BloomFilter filter =
                            chunk.getPath().toDotString().equals(column) ? reader.readBloomFilter(chunk) : null;
                    if (filter != null) {
                        found++;
                        check.accept(filter);
                    }
                }
            }
        }
        return found;
    }

    private static double rate(int from, LongPredicate found) {
        return LongStream.range(from, from + 100_000L).filter(found).count() / 100_000.0;
    }

    @Test
    void mergedRowGroupsGetTheFiltersThatPropertiesAskFor() throws IOException {
        try (TestTable table = table("write.parquet.compression-codec", "snappy")) {
            append(table, 5);
            ask(table, "id", "name", "kind", "inner.price", "gone");
            List<String> before = table.rows();

            TableReport report = table.compact("min-input-files=2");

            assertThat(table.rows()).isEqualTo(before);
            DataFile file = table.files().get(0);
            assertThat(filters(file, "id", filter -> {
                        for (long id = 0; id < 5 * ROWS; id++) {
                            assertThat(filter.findHash(filter.hash(id * 7))).isTrue();
                        }
                        assertThat(rate(1_000_000, id -> filter.findHash(filter.hash(id * 7 + 1))))
                                .isBetween(0.001, 0.013);
                    }))
                    .isEqualTo(1);
            assertThat(filters(file, "name", filter -> {
                        for (long id = 1; id < 5 * ROWS; id += 5) {
                            assertThat(filter.findHash(filter.hash(binary("name " + id))))
                                    .isTrue();
                        }
                        assertThat(rate(1_000_000, id -> filter.findHash(filter.hash(binary("no " + id)))))
                                .isBetween(0.001, 0.013);
                    }))
                    .isEqualTo(1);
            assertThat(filters(file, "kind", filter -> {
                        Set<Boolean> kinds = new HashSet<>();
                        for (int kind = 0; kind < 3; kind++) {
                            kinds.add(filter.findHash(filter.hash(kind)));
                        }
                        assertThat(kinds).containsExactly(true);
                        assertThat(filter.getBitsetSize()).isEqualTo(32);
                    }))
                    .isEqualTo(1);
            assertThat(filters(file, "inner.price", filter -> {
                        for (long id = 0; id < 5 * ROWS; id++) {
                            assertThat(filter.findHash(filter.hash(id * 1.5))).isTrue();
                        }
                    }))
                    .isEqualTo(1);
            assertThat(filters(file, "other", filter -> {})).isZero();
            assertThat(report.notes()).isEmpty();
        }
    }

    private static Binary binary(String text) {
        return Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theRateAndTheLengthAreThoseOfTheProperties() throws IOException {
        try (TestTable table = table(
                "write.parquet.bloom-filter-fpp.column.id", "0.1", "write.parquet.bloom-filter-max-bytes", "16384")) {
            append(table, 5);
            ask(table, "id", "name");

            table.compact("min-input-files=2");

            DataFile file = table.files().get(0);
            assertThat(filters(file, "id", filter -> {
                        assertThat(rate(1_000_000, id -> filter.findHash(filter.hash(id * 7 + 1))))
                                .isBetween(0.01, 0.11);
                        assertThat(filter.getBitsetSize()).isLessThanOrEqualTo(16_384);
                    }))
                    .isEqualTo(1);
            assertThat(filters(
                            file,
                            "name",
                            filter -> assertThat(filter.getBitsetSize()).isEqualTo(16_384)))
                    .isEqualTo(1);
        }
    }

    @Test
    void rowGroupsThatStayWithoutAFilterAreNamed() throws IOException {
        try (TestTable table = table()) {
            append(table, 2);
            ask(table, "id");

            // Row groups of more than a byte are healthy, and stay.
            try (io.glulam.tables.Table open = table.open(Settings.defaults().withThreshold(new Threshold.Fixed(1)))) {
                TableReport report = open.compact(TestTable.request("min-input-files=2"), TableListener.NONE);

                assertThat(report.notes())
                        .singleElement()
                        .asString()
                        .contains("no bloom filter of id in 2 row groups of", "(numbers 0, 1)");
            }
        }
    }

    @Test
    void aRateThatNoFilterCanHaveIsRefused() {
        try (TestTable table = table("write.parquet.bloom-filter-fpp.column.id", "2")) {
            append(table, 2);
            ask(table, "id");

            assertThatThrownBy(() -> table.compact("min-input-files=2"))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("between 0 and 1");
        }
    }
}
