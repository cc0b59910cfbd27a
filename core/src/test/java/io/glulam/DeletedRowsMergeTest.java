package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.adapt.CutPages;
import io.glulam.error.CorruptFile;
import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.local.LocalStore;
import io.glulam.plan.OutputGroup;
import io.glulam.plan.Settings;
import io.glulam.plan.Verify;
import io.glulam.shape.DeletedRows;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import io.glulam.testkit.generate.GroupFileWriter;
import io.glulam.testkit.generate.WriterSettings;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of inputs that the output does not get: what moves, what is written anew, what is stated of the rest. */
class DeletedRowsMergeTest {
    private static final MessageType SCHEMA =
            MessageTypeParser.parseMessageType("message m { required int64 id; optional binary name (STRING); }");
    private static final TargetField ID = TargetField.leaf("id", PhysicalType.INT64);
    private static final TargetField NAME =
            TargetField.leaf("name", PhysicalType.BYTE_ARRAY).as(LogicalType.string());
    private static final TargetField ROW_ID = TargetField.leaf("_row_id", PhysicalType.INT64);

    @TempDir
    Path folder;

    /** Row groups of 1,000 rows in pages of 100; ids ascend, names repeat. */
    private ShapedInput input(WriterVersion version, int rowGroups, IntUnaryOperator ids) throws IOException {
        Path file = folder.resolve("input.parquet");
        WriterSettings settings = WriterSettings.defaults().withVersion(version).withPages(1 << 20, 100);
        try (GroupFileWriter writer = GroupFileWriter.create(file, SCHEMA, Map.of(), false)) {
            for (int group = 0; group < rowGroups; group++) {
                List<Group> rows = new ArrayList<>();
                for (int row = group * 1000; row < group * 1000 + 1000; row++) {
                    Group values = new SimpleGroup(SCHEMA);
                    values.add("id", (long) ids.applyAsInt(row));
                    if (row % 7 > 0) {
                        values.add("name", "name " + row % 5);
                    }
                    rows.add(values);
                }
                writer.writeRowGroup(settings, rows.iterator(), rows.size());
            }
        }
        return ShapedInput.of(LocalStore.object(file));
    }

    private ShapedReport merge(ShapedInput input, TargetField... fields) {
        Settings settings = Settings.defaults().withVerify(Verify.VALUES);
        return new ShapedMerger(CompactionOptions.defaults().withSettings(settings))
                .write(new ShapedMerge(
                        List.of(input), TargetShape.byName(List.of(fields)), LocalStore.object(merged())));
    }

    private Path merged() {
        return folder.resolve("merged.parquet");
    }

    private List<Long> numbers(int column) {
        List<Long> all = new ArrayList<>();
        try (ParquetFile file = ParquetFile.open(merged())) {
            for (int i = 0; i < file.rowGroups(); i++) {
                var values = file.triplets(i, column).values();
                for (int k = 0; k < values.count(); k++) {
                    all.add(number(values.get(k)));
                }
            }
        }
        return all;
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private Statistics statistics(int column) {
        try (ParquetFile file = ParquetFile.open(merged())) {
            return file.metaData()
                    .getRow_groups()
                    .get(0)
                    .getColumns()
                    .get(column)
                    .getMeta_data()
                    .getStatistics();
        }
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    private static List<Long> plus(List<Long> some, List<Long> more) {
        List<Long> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @ParameterizedTest
    @EnumSource(WriterVersion.class)
    void pagesMoveAreCutOrGoByTheRowsThatTheyHold(WriterVersion version) throws IOException {
        ShapedReport report = merge(input(version, 1, row -> row).withDeleted(DeletedRows.range(150, 350)), ID);

        assertThat(report.cutPages()).isEqualTo(new CutPages(7, 2, 1));
        assertThat(report.deletedRows()).isEqualTo(200);
        assertThat(report.rows()).isEqualTo(800);
        assertThat(numbers(0)).isEqualTo(plus(range(0, 150), range(350, 1000)));
    }

    @Test
    void rowsThatAreLeftKeepTheirOwnNumbers() throws IOException {
        ShapedInput input = input(WriterVersion.PARQUET_1_0, 3, row -> row)
                .withMade("_row_id", MadeColumn.ascending(5_000))
                .withDeleted(DeletedRows.of(0, 1, 999, 1000, 2500));

        merge(input, ID, NAME, ROW_ID);

        List<Long> ids = new ArrayList<>(range(0, 3000));
        ids.removeAll(List.of(0L, 1L, 999L, 1000L, 2500L));
        assertThat(numbers(0)).isEqualTo(ids);
        assertThat(numbers(2)).isEqualTo(ids.stream().map(id -> 5_000 + id).toList());
    }

    @Test
    void aBoundThatADeletedRowHeldIsFoundAnew() throws IOException {
        merge(input(WriterVersion.PARQUET_1_0, 1, row -> row).withDeleted(DeletedRows.of(0, 500, 999)), ID, NAME);

        assertThat(number(statistics(0).getMin_value())).isEqualTo(1);
        assertThat(number(statistics(0).getMax_value())).isEqualTo(998);
        assertThat(statistics(1).getNull_count())
                .isEqualTo(IntStream.of(0, 500, 999)
                                .mapToLong(row -> row % 7 == 0 ? -1 : 0)
                                .sum()
                        + 143);
    }

    @Test
    void aBoundThatAnotherPageHoldsIsFoundThere() throws IOException {
        // Row 5 holds the least id, row 905 the next one: the page of row 905 moves as it is.
        IntUnaryOperator ids = row -> row == 5 ? -20 : row == 905 ? -10 : row;
        ShapedReport report = merge(input(WriterVersion.PARQUET_2_0, 1, ids).withDeleted(DeletedRows.of(5)), ID, NAME);

        assertThat(number(statistics(0).getMin_value())).isEqualTo(-10);
        assertThat(number(statistics(0).getMax_value())).isEqualTo(999);
        assertThat(report.cutPages().cut()).isEqualTo(2);
        assertThat(report.cutPages().moved()).isEqualTo(18);
    }

    @Test
    void aDictionaryThatNoPageUsesAnyMoreGoes() throws IOException {
        // parquet-java gives the dictionary up when the names become many: pages after that have values in PLAIN.
        Path file = folder.resolve("input.parquet");
        WriterSettings settings =
                WriterSettings.defaults().withPages(1 << 20, 100).withDictionaryBytes(2_000);
        try (GroupFileWriter writer = GroupFileWriter.create(file, SCHEMA, Map.of(), false)) {
            List<Group> rows = new ArrayList<>();
            for (int row = 0; row < 1000; row++) {
                Group values = new SimpleGroup(SCHEMA);
                values.add("id", (long) row);
                values.add("name", row < 300 ? "name " + row % 5 : "one of many names, number " + row);
                rows.add(values);
            }
            writer.writeRowGroup(settings, rows.iterator(), rows.size());
        }
        assertThat(hasDictionary(file)).isTrue();

        merge(ShapedInput.of(LocalStore.object(file)).withDeleted(DeletedRows.range(0, 650)), ID, NAME);

        assertThat(hasDictionary(merged())).isFalse();
        assertThat(numbers(0)).isEqualTo(range(650, 1000));
    }

    private static boolean hasDictionary(Path path) {
        try (ParquetFile file = ParquetFile.open(path)) {
            return file.metaData()
                    .getRow_groups()
                    .get(0)
                    .getColumns()
                    .get(1)
                    .getMeta_data()
                    .isSetDictionary_page_offset();
        }
    }

    @Test
    void rowGroupsOfWhichAllRowsAreDeletedGo() throws IOException {
        ShapedReport report = merge(
                input(WriterVersion.PARQUET_1_0, 3, row -> row).withDeleted(DeletedRows.range(1000, 2000)), ID, NAME);

        assertThat(report.cutPages()).isEqualTo(CutPages.NONE);
        assertThat(numbers(0)).isEqualTo(plus(range(0, 1000), range(2000, 3000)));
    }

    @Test
    void aFileMayLoseAllOfItsRows() throws IOException {
        ShapedReport report =
                merge(input(WriterVersion.PARQUET_1_0, 2, row -> row).withDeleted(DeletedRows.range(0, 2000)), ID);

        assertThat(report.rows()).isZero();
        assertThat(report.compaction().plan().groups().stream().mapToLong(OutputGroup::rows))
                .allMatch(rows -> rows == 0);
        assertThat(numbers(0)).isEqualTo(Collections.emptyList());
    }

    @Test
    void deletesOfRowsThatTheFileDoesNotHaveAreRefused() throws IOException {
        ShapedInput input = input(WriterVersion.PARQUET_1_0, 1, row -> row).withDeleted(DeletedRows.of(1000));

        assertThatThrownBy(() -> merge(input, ID))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("it has 1000 rows, and the table's deletes name row 1000");
        assertThat(merged()).doesNotExist();
    }
}
