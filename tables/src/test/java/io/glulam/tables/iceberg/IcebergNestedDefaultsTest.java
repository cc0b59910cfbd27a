package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.tables.Outcome;
import io.glulam.tables.TableReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fields that old files lack inside structs, lists and maps have the table's default wherever their struct exists. */
@Tag("once")
class IcebergNestedDefaultsTest {
    private static final int ROWS = 150;

    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "place", point(3, true)),
            Types.NestedField.optional(10, "points", Types.ListType.ofOptional(11, point(12, false))),
            Types.NestedField.required(20, "must", Types.ListType.ofRequired(21, point(22, false))),
            Types.NestedField.optional(
                    30, "named", Types.MapType.ofOptional(31, 32, Types.StringType.get(), point(33, false))),
            Types.NestedField.optional(
                    40, "deep", Types.ListType.ofOptional(41, Types.ListType.ofOptional(42, point(43, true)))));

    @TempDir
    private Path folder;

    private static Types.StructType point(int id, boolean nested) {
        List<Types.NestedField> fields = new ArrayList<>();
        fields.add(Types.NestedField.optional(id, "x", Types.IntegerType.get()));
        if (nested) {
            fields.add(Types.NestedField.optional(
                    id + 1,
                    "inner",
                    Types.StructType.of(Types.NestedField.optional(id + 2, "y", Types.DoubleType.get()))));
        }
        return Types.StructType.of(fields);
    }

    /** Any value of a type, nulls and empty lists at every level. */
    private static @Nullable Object any(Type type, boolean optional, Random random) {
        if (optional && random.nextInt(4) == 0) {
            return null;
        }
        if (type.isStructType()) {
            Record record = GenericRecord.create(type.asStructType());
            type.asStructType()
                    .fields()
                    .forEach(field -> record.setField(field.name(), any(field.type(), field.isOptional(), random)));
            return record;
        }
        if (type.isListType()) {
            Types.ListType list = type.asListType();
            return many(random, () -> any(list.elementType(), list.isElementOptional(), random));
        }
        if (type.isMapType()) {
            Map<Object, @Nullable Object> map = new HashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                map.put("key " + i, any(type.asMapType().valueType(), true, random));
            }
            return map;
        }
        return switch (type.typeId()) {
            case INTEGER -> random.nextInt(50);
            case DOUBLE -> random.nextInt(9) * 0.5;
            case STRING -> "text " + random.nextInt(9);
            case LONG -> random.nextLong();
            default -> throw new AssertionError(type);
        };
    }

    private static List<@Nullable Object> many(Random random, Supplier<@Nullable Object> value) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            values.add(value.get());
        }
        return values;
    }

    private static DataFile append(TestTable table, long seed) {
        Random random = new Random(seed);
        Types.StructType row = table.table().schema().asStruct();
        List<Record> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add((Record) any(row, false, random));
        }
        return table.append(rows);
    }

    private static void addFields(TestTable table) {
        table.table()
                .updateSchema()
                .addColumn("place", "kind", Types.StringType.get(), null, Expressions.lit("old"))
                .addColumn("place.inner", "z", Types.DoubleType.get(), null, Expressions.lit(2.5))
                .addRequiredColumn("points", "level", Types.IntegerType.get(), null, Expressions.lit(7))
                .addColumn("points", "note", Types.StringType.get())
                .addColumn("must", "level", Types.LongType.get(), null, Expressions.lit(1L << 40))
                .addColumn("named", "kind", Types.StringType.get(), null, Expressions.lit("in a map"))
                .addColumn("deep.element", "kind", Types.StringType.get(), null, Expressions.lit("deep"))
                .addColumn("deep.element.inner", "z", Types.IntegerType.get(), null, Expressions.lit(-1))
                .commit();
    }

    private static void merged(TestTable table, TableReport report, List<String> before, List<String> lineage) {
        assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPACTED);
        assertThat(table.files()).as("left: %s", report.plan().left()).hasSize(1);
        assertThat(table.rows()).isEqualTo(before);
        assertThat(table.lineage()).isEqualTo(lineage);
        assertThat(before).anyMatch(row -> row.contains("old")).anyMatch(row -> row.contains("in a map"));
        assertThat(before).anyMatch(row -> row.contains("deep")).anyMatch(row -> row.contains("1099511627776"));
    }

    @Test
    void defaultsInStructsListsAndMapsAreMadeAsIcebergReadsThem() {
        try (TestTable table = TestTable.of(folder, SCHEMA, PartitionSpec.unpartitioned(), 3)) {
            append(table, 1);
            append(table, 2);
            addFields(table);
            append(table, 3);
            List<String> before = table.rows();
            List<String> lineage = table.lineage();

            merged(table, table.compact("min-input-files=2"), before, lineage);
        }
    }

    @Test
    void alsoWhereRowsAreDeleted() {
        try (TestTable table = TestTable.of(folder, SCHEMA, PartitionSpec.unpartitioned(), 3)) {
            DataFile first = append(table, 1);
            append(table, 2);
            addFields(table);
            append(table, 3);
            table.deleteByVector(table.table(), first, 0, 1, 2, 40, 77, 149);
            List<String> before = table.rows();
            List<String> lineage = table.lineage();

            TableReport report =
                    table.compact(TestTable.request("min-input-files=2").withApplyDeletes(true));

            merged(table, report, before, lineage);
        }
    }
}
