package io.glulam.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.CompactionOptions;
import io.glulam.OpenedFooter;
import io.glulam.local.LocalStore;
import io.glulam.testkit.generate.DuckDbSession;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.GroupFileReader;
import io.glulam.testkit.generate.LeafKind;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RowReaderTest {
    private static final List<LeafKind> PLAIN =
            List.of(LeafKind.BOOLEAN, LeafKind.INT32, LeafKind.INT64, LeafKind.FLOAT, LeafKind.DOUBLE, LeafKind.STRING);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(Seeds.base(), Seeds.base() + 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void rowsOfAnySchemaAreThoseOfParquetJava(long seed) throws Exception {
        FileRecipe recipe =
                FileRecipe.of(seed, SchemaGenerator.any(seed, PLAIN)).withRows(40, 1, 60);
        Path file = ParquetJavaFiles.write(recipe, folder.resolve("a.parquet")).file();

        try (GroupFileReader groups = GroupFileReader.open(file);
                OpenedFooter opened = open(file);
                RowReader rows = opened.rows(opened.footer().schema().root().children())) {
            while (groups.hasNext()) {
                assertThat(text(rows.next())).isEqualTo(text(fields(groups.next(), groups.schema())));
            }
            assertThat(rows.next()).isNull();
        }
    }

    @Test
    void aReaderMovesForwardToAnyRow() throws Exception {
        Path file = byDuckDb("SELECT i, [i, i + 1] AS l FROM range(10_000) t(i)", "ROW_GROUP_SIZE 2048");

        try (OpenedFooter opened = open(file);
                RowReader rows = opened.rows(opened.footer().schema().root().children())) {
            for (long row : new long[] {0, 1, 7, 2_047, 2_048, 5_000, 9_999}) {
                rows.moveTo(row);
                assertThat(rows.next()).containsExactly(row, List.of(row, row + 1));
            }
            assertThat(rows.next()).isNull();
            assertThatThrownBy(() -> rows.moveTo(3)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void valuesAreWhatTheirLogicalTypesMean() throws Exception {
        Path file = byDuckDb(
                "SELECT DATE '2026-11-29' AS a, TIME '12:34:56.000001' AS b, TIMESTAMP '1969-12-31 23:59:59.999999' AS"
                        + " c, TIMESTAMPTZ '2026-11-29 12:00:00+00' AS d, TIMESTAMP_NS '2026-11-29 12:00:00.123456789' AS"
                        + " e, (-12.34)::DECIMAL(9, 2) AS f, 12345678901234567890.123::DECIMAL(38, 3) AS g,"
                        + " '6f2b1d9c-7a30-4a4e-9d42-0c7f5b5e8a11'::UUID AS h, 255::UTINYINT AS i,"
                        + " 18446744073709551615::UBIGINT AS j, 'ä' AS k, '\\x00\\xFF'::BLOB AS l, true AS m, NULL::INT AS"
                        + " n",
                "ROW_GROUP_SIZE 2048");

        try (OpenedFooter opened = open(file);
                RowReader rows = opened.rows(opened.footer().schema().root().children())) {
            assertThat(rows.next())
                    .containsExactly(
                            LocalDate.of(2026, 11, 29),
                            LocalTime.of(12, 34, 56, 1_000),
                            LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000),
                            Instant.parse("2026-11-29T12:00:00Z"),
                            LocalDateTime.of(2026, 11, 29, 12, 0, 0, 123_456_789),
                            new BigDecimal("-12.34"),
                            new BigDecimal("12345678901234567890.123"),
                            UUID.fromString("6f2b1d9c-7a30-4a4e-9d42-0c7f5b5e8a11"),
                            255L,
                            new BigInteger("18446744073709551615"),
                            "ä",
                            new byte[] {0, -1},
                            true,
                            null);
        }
    }

    @Test
    void listsStructsAndMapsKeepTheirNulls() throws Exception {
        Path file = byDuckDb(
                "SELECT * FROM (VALUES (0, [1, NULL], {'x': NULL, 'y': ['a']}, MAP {'k': NULL}, [[], NULL, [2]]),"
                        + " (1, [], NULL, MAP {}, NULL), (2, NULL, {'x': 1, 'y': NULL}, NULL, []))"
                        + " t(i, l, s, m, n)",
                "ROW_GROUP_SIZE 2048");

        try (OpenedFooter opened = open(file);
                RowReader rows = opened.rows(opened.footer().schema().root().children())) {
            assertThat(text(rows.next())).isEqualTo("{0, [1, null], {null, [a]}, <[k], [null]>, [[], null, [2]]}");
            assertThat(text(rows.next())).isEqualTo("{1, [], null, <[], []>, null}");
            assertThat(text(rows.next())).isEqualTo("{2, null, {1, null}, null, []}");
        }
    }

    private Path byDuckDb(String query, String options) throws Exception {
        Path file = folder.resolve("d.parquet");
        try (DuckDbSession duckDb = DuckDbSession.open()) {
            duckDb.execute("COPY (%s) TO '%s' (FORMAT parquet, %s)".formatted(query, file, options));
        }
        return file;
    }

    private static OpenedFooter open(Path file) {
        return OpenedFooter.of(LocalStore.object(file), CompactionOptions.defaults());
    }

    // ---- What parquet-java reads, in the same form

    private static Object[] fields(Group group, GroupType type) {
        return type.getFields().stream().map(field -> field(group, field)).toArray();
    }

    private static Object field(Group group, Type type) {
        int count = group.getFieldRepetitionCount(type.getName());
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                values.add(content(group, type, i));
            }
            return values;
        }
        return count == 0 ? null : content(group, type, 0);
    }

    private static Object content(Group group, Type type, int index) {
        if (type.isPrimitive()) {
            return group.getValueToString(group.getType().getFieldIndex(type.getName()), index);
        }
        Group inner = group.getGroup(type.getName(), index);
        GroupType groupType = type.asGroupType();
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation) {
            return entries(inner, groupType.getType(0).asGroupType());
        }
        if (annotation instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            List<?> repeated = (List<?>) field(inner, groupType.getType(0));
            boolean wrapped = !groupType.getType(0).isPrimitive()
                    && groupType.getType(0).asGroupType().getFieldCount() == 1
                    && !groupType.getType(0).asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
                    && !groupType.getType(0).getName().equals("array")
                    && !groupType.getType(0).getName().equals(type.getName() + "_tuple");
            return wrapped
                    ? repeated.stream().map(element -> ((Object[]) element)[0]).toList()
                    : repeated;
        }
        return fields(inner, groupType);
    }

    private static MapEntries entries(Group map, GroupType entry) {
        List<Object> keys = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
            Group pair = map.getGroup(0, i);
            keys.add(field(pair, entry.getType(0)));
            values.add(field(pair, entry.getType(1)));
        }
        return new MapEntries(keys, values);
    }

    private static String text(Object value) {
        if (value instanceof Object[] fields) {
            return "{" + joined(Arrays.asList(fields)) + "}";
        }
        if (value instanceof List<?> list) {
            return "[" + joined(list) + "]";
        }
        return value instanceof MapEntries map
                ? "<" + text(map.keys()) + ", " + text(map.values()) + ">"
                : String.valueOf(value);
    }

    private static String joined(List<?> values) {
        return String.join(", ", values.stream().map(RowReaderTest::text).toList());
    }
}
