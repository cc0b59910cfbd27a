package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableReport;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of an older schema become files of the current one, without a changed value. */
@Tag("once")
class IcebergEvolutionTest {
    @TempDir
    private Path folder;

    private static void addLater(TestTable table, int from, int to) {
        for (int i = from; i < to; i++) {
            List<org.apache.iceberg.data.Record> rows = new ArrayList<>();
            for (long id = 100L * i; id < 100L * i + 100; id++) {
                org.apache.iceberg.data.Record row = org.apache.iceberg.data.GenericRecord.create(
                        table.table().schema());
                row.setField(
                        "id",
                        table.table().schema().findType("id").typeId() == org.apache.iceberg.types.Type.TypeID.INTEGER
                                ? (Object) (int) id
                                : (Object) id);
                rows.add(row);
            }
            table.append(rows);
        }
    }

    private static void merged(TestTable table) {
        List<String> before = table.rows();
        TableReport report = table.compact();
        assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
        assertThat(table.files()).as("left: %s", report.plan().left()).hasSize(1);
        assertThat(table.rows()).isEqualTo(before);
    }

    @Test
    void renamedDroppedAddedAndMovedColumns() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(3);
            table.table()
                    .updateSchema()
                    .renameColumn("name", "title")
                    .deleteColumn("price")
                    .addColumn("extra", Types.IntegerType.get())
                    .moveFirst("day")
                    .commit();
            addLater(table, 3, 6);

            merged(table);
        }
    }

    @Test
    void aColumnThatIsDroppedAndAddedAgainUnderItsNameIsAnotherOne() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(3);
            table.table().updateSchema().deleteColumn("name").commit();
            table.table()
                    .updateSchema()
                    .addColumn("name", Types.StringType.get())
                    .commit();
            addLater(table, 3, 6);

            merged(table);
        }
    }

    @Test
    void filesWithoutARequiredColumnThatHasNoDefaultAreLeft() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(3);
            table.table()
                    .updateSchema()
                    .allowIncompatibleChanges()
                    .requireColumn("name")
                    .addRequiredColumn("level", Types.IntegerType.get())
                    .commit();
            for (int i = 0; i < 4; i++) {
                org.apache.iceberg.data.Record row = withLevel(table).get(0);
                row.setField("name", "n" + i);
                table.append(List.of(row));
            }

            TableReport report = table.compact();

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(4);
            assertThat(report.plan().left()).singleElement().satisfies(left -> {
                assertThat(left.reason()).isEqualTo(LeftReason.REFUSED);
                assertThat(left.files()).isEqualTo(3);
                assertThat(left.examples()).anyMatch(example -> example.contains("lacks the column"));
            });
            assertThat(table.files()).hasSize(4);
        }
    }

    @Test
    void aColumnThatBecameRequiredStaysOptionalInAFileWhereItMayHoldNulls() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(3);
            table.table()
                    .updateSchema()
                    .allowIncompatibleChanges()
                    .requireColumn("name")
                    .commit();
            for (int i = 3; i < 6; i++) {
                org.apache.iceberg.data.Record row = table.event(100L * i);
                row.setField("name", "n" + i);
                table.append(List.of(row));
            }

            merged(table);
        }
    }

    @Test
    void promotedTypes() {
        Schema schema = new Schema(
                Types.NestedField.required(1, "id", Types.IntegerType.get()),
                Types.NestedField.optional(2, "ratio", Types.FloatType.get()),
                Types.NestedField.optional(3, "amount", Types.DecimalType.of(8, 2)));
        try (TestTable table = TestTable.of(folder, schema, PartitionSpec.unpartitioned(), 2)) {
            for (int i = 0; i < 3; i++) {
                table.append(List.of(
                        table.row(i, 0.1f * i, new BigDecimal("1.25")), table.row(-i, -0.0f, new BigDecimal("-7.00"))));
            }
            table.table()
                    .updateSchema()
                    .updateColumn("id", Types.LongType.get())
                    .updateColumn("ratio", Types.DoubleType.get())
                    .updateColumn("amount", Types.DecimalType.of(20, 2))
                    .commit();
            addLater(table, 3, 6);

            merged(table);

            DataFile file = table.files().get(0);
            Long lowest = Conversions.fromByteBuffer(
                    Types.LongType.get(), file.lowerBounds().get(1));
            assertThat(lowest).isEqualTo(-2L);
            assertThat(file.lowerBounds().get(1).remaining()).isEqualTo(Long.BYTES);
        }
    }

    @Test
    void anInitialDefaultIsAValueOfTheRowsThatLackTheColumn() {
        try (TestTable table = TestTable.of(folder, 3)) {
            table.appendEvents(3);
            table.table()
                    .updateSchema()
                    .addColumn("state", Types.StringType.get(), Expressions.lit("new"))
                    .addRequiredColumn("level", Types.IntegerType.get(), null, Expressions.lit(7))
                    .commit();
            table.append(withLevel(table));
            addLevels(table);

            merged(table);
            assertThat(table.rows()).anyMatch(row -> row.contains("new"));
        }
    }

    private static List<org.apache.iceberg.data.Record> withLevel(TestTable table) {
        org.apache.iceberg.data.Record row =
                org.apache.iceberg.data.GenericRecord.create(table.table().schema());
        row.setField("id", 1L);
        row.setField("level", 3);
        return List.of(row);
    }

    private static void addLevels(TestTable table) {
        table.append(withLevel(table));
        table.append(withLevel(table));
    }

    @Test
    void nestedColumnsAreAddedAndRenamed() {
        Schema schema = new Schema(
                Types.NestedField.required(1, "id", Types.LongType.get()),
                Types.NestedField.optional(
                        2,
                        "place",
                        Types.StructType.of(
                                Types.NestedField.optional(3, "lat", Types.DoubleType.get()),
                                Types.NestedField.optional(4, "name", Types.StringType.get()))),
                Types.NestedField.optional(
                        5, "counts", Types.MapType.ofOptional(6, 7, Types.StringType.get(), Types.IntegerType.get())));
        try (TestTable table = TestTable.of(folder, schema, PartitionSpec.unpartitioned(), 2)) {
            for (int i = 0; i < 3; i++) {
                org.apache.iceberg.data.Record place = org.apache.iceberg.data.GenericRecord.create(
                        schema.findType("place").asStructType());
                place.set(0, i == 1 ? null : 1.5 * i);
                place.set(1, "n" + i);
                table.append(List.of(table.row((long) i, place, Map.of("a", i)), table.row(10L + i, null, null)));
            }
            table.table()
                    .updateSchema()
                    .renameColumn("place.name", "label")
                    .addColumn("place", "country", Types.StringType.get())
                    .commit();
            addLater(table, 3, 6);

            merged(table);
        }
    }

    @Test
    void filesWithoutFieldIdsNeedANameMapping() throws IOException {
        try (TestTable table = TestTable.of(folder, 2)) {
            Table opened = table.table();
            for (int i = 0; i < 6; i++) {
                Path path = folder.resolve("warehouse").resolve("db/events/data/plain-" + i + ".parquet");
                PlainFiles.write(path, 100L * i, 50);
                opened.newAppend()
                        .appendFile(DataFiles.builder(opened.spec())
                                .withPath(path.toString())
                                .withFormat(FileFormat.PARQUET)
                                .withFileSizeInBytes(path.toFile().length())
                                .withRecordCount(50)
                                .build())
                        .commit();
            }

            TableReport refused = table.compact();
            assertThat(refused.outcome()).isEqualTo(Outcome.ALL_LEFT);
            assertThat(refused.plan().left())
                    .anySatisfy(left -> assertThat(left.reason()).isEqualTo(LeftReason.REFUSED));

            opened.updateProperties()
                    .set("schema.name-mapping.default", NameMappingParser.toJson(MappingUtil.create(opened.schema())))
                    .commit();
            merged(table);
            assertThat(table.rows()).hasSize(300);
        }
    }

    @Test
    void aPartitionValueTakesThePlaceOfAColumnThatFilesLack() throws IOException {
        PartitionSpec spec =
                PartitionSpec.builderFor(TestTable.EVENTS).identity("day").build();
        try (TestTable table = TestTable.of(folder, TestTable.EVENTS, spec, 2)) {
            Table opened = table.table();
            opened.updateProperties()
                    .set("schema.name-mapping.default", NameMappingParser.toJson(MappingUtil.create(opened.schema())))
                    .commit();
            for (int i = 0; i < 6; i++) {
                Path path = folder.resolve("warehouse").resolve("db/events/data/plain-" + i + ".parquet");
                PlainFiles.write(path, 100L * i, 50);
                opened.newAppend()
                        .appendFile(DataFiles.builder(opened.spec())
                                .withPath(path.toString())
                                .withFormat(FileFormat.PARQUET)
                                .withFileSizeInBytes(path.toFile().length())
                                .withRecordCount(50)
                                .withPartitionPath("day=monday")
                                .build())
                        .commit();
            }

            merged(table);
            assertThat(table.rows()).allMatch(row -> row.contains("monday"));
        }
    }
}
