package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.plan.Tier;
import io.glulam.shape.MadeColumn;
import io.glulam.shape.ShapedInput;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that inputs lack, and nulls, become what the form gives for them. */
class ShapedMadeColumnsTest extends ShapedMergeCase {
    @Test
    void columnsThatAnInputLacksHoldWhatTheTableGivesThem() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1;");
        Path b = file("b.parquet", "required int64 id = 1;");
        TargetShape shape = TargetShape.byFieldId(List.of(
                ID,
                NAME,
                TargetField.leaf("day", PhysicalType.INT32)
                        .as(LogicalType.date())
                        .withId(3),
                TargetField.leaf("flag", PhysicalType.BOOLEAN).withId(4).required(),
                TargetField.leaf("f", PhysicalType.FLOAT).withId(5),
                TargetField.leaf("d", PhysicalType.DOUBLE).withId(6),
                TargetField.fixed("x", 3).withId(7),
                TargetField.leaf("_row_id", PhysicalType.INT64).withId(2147483540),
                TargetField.leaf("_seq", PhysicalType.INT64).withId(2147483539)));
        List<ShapedInput> inputs = new ArrayList<>();
        for (Path file : List.of(a, b)) {
            int number = inputs.size();
            inputs.add(input(file)
                    .withMade("name", MadeColumn.constant(("n" + number).getBytes(StandardCharsets.UTF_8)))
                    .withMade("day", MadeColumn.constant(number))
                    .withMade("flag", MadeColumn.constant(number == 1))
                    .withMade("f", MadeColumn.constant(-0.5f))
                    .withMade("d", MadeColumn.constant(Double.NEGATIVE_INFINITY))
                    .withMade("x", MadeColumn.constant(new byte[] {1, 2, (byte) number}))
                    .withMade("_row_id", MadeColumn.ascending(1000L * (2 - number)))
                    .withMade("_seq", MadeColumn.constant(7L + number)));
        }

        ShapedReport report = merge(shape, inputs.toArray(ShapedInput[]::new));

        String wanted = "SELECT id, 'n%1$d', DATE '1970-01-01' + %1$d, %1$d = 1, -0.5::FLOAT, '-infinity'::DOUBLE,"
                + " '\\x01\\x02\\x0%1$d'::BLOB, 1000 * (2 - %1$d) + file_row_number, 7 + %1$d"
                + " FROM read_parquet('%2$s', file_row_number = true)";
        assertThat(rows("SELECT * FROM '%s'".formatted(merged())))
                .isEqualTo(rows(wanted.formatted(0, a) + " UNION ALL " + wanted.formatted(1, b)));
        assertThat(tiers(report)).doesNotContain(Tier.RECODE);
        assertThat(report.columns()).allSatisfy(column -> {
            assertThat(column.values()).isEqualTo(600);
            assertThat(column.nulls()).isZero();
        });
        assertThat(rows(
                        "SELECT stats_min_value, stats_max_value FROM parquet_metadata('%s') WHERE path_in_schema = '_row_id'"
                                .formatted(merged())))
                .containsExactly(List.of("1000", "2299"));
    }

    @Test
    void aColumnThatTheInputHasKeepsItsValues() throws IOException {
        Path a = file("a.parquet", "required int64 id = 1; optional binary name (STRING) = 2;");

        merge(TargetShape.byFieldId(List.of(ID, NAME)), input(a).withMade("name", MadeColumn.constant(new byte[0])));

        assertThat(rows("SELECT id, name FROM '%s'".formatted(merged())))
                .isEqualTo(rows("SELECT id, name FROM '%s'".formatted(a)));
    }

    @Test
    void nullsOfAColumnAreReplacedWhereTheTableSaysSo() throws IOException {
        Path a = file("a.parquet", "required int32 x = 1; optional int64 _row_id = 8; optional int64 _seq = 9;");
        Path b = file("b.parquet", "required int32 x = 1; required int64 _row_id = 8;");
        TargetShape shape = TargetShape.byFieldId(List.of(
                TargetField.leaf("x", PhysicalType.INT32).withId(1),
                TargetField.leaf("_row_id", PhysicalType.INT64).withId(8),
                TargetField.leaf("_seq", PhysicalType.INT64).withId(9)));
        MadeColumn sequence = MadeColumn.constant(-3L).forNullsToo();

        ShapedReport report = merge(
                shape,
                input(a).withMade("_row_id", MadeColumn.ascending(5).forNullsToo())
                        .withMade("_seq", sequence),
                input(b).withMade("_row_id", MadeColumn.ascending(5).forNullsToo())
                        .withMade("_seq", sequence));

        String wanted = "SELECT x, coalesce(_row_id, 5 + file_row_number), coalesce(%s, -3)"
                + " FROM read_parquet('%s', file_row_number = true)";
        assertThat(rows("SELECT * FROM '%s'".formatted(merged())))
                .isEqualTo(rows(wanted.formatted("_seq", a) + " UNION ALL " + wanted.formatted("NULL", b)));
        assertThat(report.columns().get(1).nulls()).isZero();
    }

    /** @param element the name that the output has for the list's element; paths of made columns go by its place */
    @ParameterizedTest
    @ValueSource(strings = {"element", "item"})
    void aConstantBelowAGroupIsThereWhereTheGroupIs(String element) throws IOException {
        Path a = file(
                "a.parquet",
                "optional group g = 1 { optional int32 x = 2; } optional group l (LIST) = 4 { repeated group list {"
                        + " optional group element = 5 { optional int32 k = 6; } } }");
        Path b = file(
                "b.parquet",
                "required int64 z = 9; optional group l (LIST) = 4 { repeated group list {"
                        + " required group element = 5 { optional int32 k = 6; } } }");
        TargetField x = TargetField.leaf("x", PhysicalType.INT32).withId(2);
        TargetField y = TargetField.leaf("y", PhysicalType.INT64).withId(3);
        TargetField k = TargetField.leaf("k", PhysicalType.INT32).withId(6);
        TargetField v = TargetField.leaf("v", PhysicalType.BYTE_ARRAY)
                .as(LogicalType.string())
                .withId(7);
        TargetShape shape = TargetShape.byFieldId(List.of(
                TargetField.group("g", x, y.required()).withId(1),
                TargetField.list("l", TargetField.group(element, k, v).withId(5))
                        .withId(4)));
        MadeColumn text = MadeColumn.constant("twelve".getBytes(StandardCharsets.UTF_8));

        merge(
                shape,
                Arrays.stream(inputs(a, b))
                        .map(input -> input.withMade(List.of("g", "y"), MadeColumn.constant(12L))
                                .withMade(List.of("l", "element", "v"), text))
                        .toArray(ShapedInput[]::new));

        String list = "list_transform(l, lambda e: CASE WHEN e IS NULL THEN NULL ELSE {'k': e.k, 'v': 'twelve'} END)";
        assertThat(rows("SELECT * FROM '%s'".formatted(merged())))
                .isEqualTo(rows(("SELECT CASE WHEN g IS NULL THEN NULL ELSE {'x': g.x, 'y': 12::BIGINT} END, " + list
                                + " FROM '%s' UNION ALL SELECT NULL, " + list + " FROM '%s'")
                        .formatted(a, b)));
    }

    @Test
    void allColumnsMayBeMade() throws IOException {
        Path a = duck("a.parquet", "SELECT [i, i] AS l FROM range(10) t(i)");

        merge(TargetShape.byName(List.of(ID)), input(a).withMade("id", MadeColumn.ascending(1)));

        assertThat(rows("SELECT count(*), sum(id) FROM '%s'".formatted(merged())))
                .containsExactly(List.of("10", "55"));
    }
}
