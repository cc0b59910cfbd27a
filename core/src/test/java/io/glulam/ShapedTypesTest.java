package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.LogicalType;
import io.glulam.format.PhysicalType;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.plan.Tier;
import io.glulam.shape.TargetField;
import io.glulam.shape.TargetShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Columns become of the types that the form gives, where no value is lost. */
class ShapedTypesTest extends ShapedMergeCase {
    @Test
    void columnsBecomeOfTheWiderTypeThatTheTableHas() throws IOException {
        String query = """
            SELECT i::INTEGER - 1500 AS i, (i / 7.0)::FLOAT AS f, (i - 1500)::DECIMAL(9, 2) AS d,
                (i - 1500)::DECIMAL(18, 2) AS e, DATE '1970-01-01' + (i::INTEGER - 1500) AS t,
                DATE '1970-01-01' - (i::INTEGER) AS u, encode('b' || i) AS s
            FROM range(3000) t(i)\
            """;
        Path a = duck("a.parquet", query);
        TargetShape shape = TargetShape.byName(List.of(
                TargetField.leaf("i", PhysicalType.INT64),
                TargetField.leaf("f", PhysicalType.DOUBLE),
                TargetField.leaf("d", PhysicalType.INT64).as(LogicalType.decimal(15, 2)),
                TargetField.fixed("e", 16).as(LogicalType.decimal(38, 2)),
                TargetField.leaf("t", PhysicalType.INT64).as(LogicalType.timestamp(false, 2)),
                TargetField.leaf("u", PhysicalType.INT64).as(LogicalType.timestamp(false, 3)),
                TargetField.leaf("s", PhysicalType.BYTE_ARRAY).as(LogicalType.string())));

        merge(shape, inputs(a, a));

        String wanted = "SELECT i::BIGINT, f::DOUBLE, d::DECIMAL(15, 2), e::DECIMAL(38, 2), t::TIMESTAMP,"
                + " u::TIMESTAMP_NS, decode(s) FROM read_parquet(['%1$s', '%1$s'])";
        assertThat(rows("SELECT i, f, d, e, t, u, s FROM '%s'".formatted(merged())))
                .isEqualTo(rows(wanted.formatted(a)));
        assertThat(rows(
                        "SELECT typeof(i), typeof(f), typeof(d), typeof(e), typeof(t), typeof(u), typeof(s) FROM '%s' LIMIT 1"
                                .formatted(merged())))
                .containsExactly(List.of(
                        "BIGINT", "DOUBLE", "DECIMAL(15,2)", "DECIMAL(38,2)", "TIMESTAMP", "TIMESTAMP_NS", "VARCHAR"));
    }

    @Test
    void moreDigitsInTheSamePhysicalFormAreMetadataOnly() throws IOException {
        Path a = duck("a.parquet", "SELECT i::DECIMAL(12, 2) AS d FROM range(3000) t(i)");
        TargetField wider = TargetField.leaf("d", PhysicalType.INT64).as(LogicalType.decimal(18, 2));

        ShapedReport report =
                merge(Settings.defaults().withEffort(Effort.COPY), TargetShape.byName(List.of(wider)), inputs(a, a));

        assertThat(tiers(report)).doesNotContain(Tier.RECODE).isNotEmpty();
        assertThat(rows("SELECT sum(d), typeof(any_value(d)) FROM '%s'".formatted(merged())))
                .containsExactly(List.of("8997000.00", "DECIMAL(18,2)"));
    }

    @Test
    void aNarrowerTypeOrAnotherScaleIsRefused() throws IOException {
        Path a = duck(
                "a.parquet",
                "SELECT 1::BIGINT AS i, 1.5::DOUBLE AS f, 1::DECIMAL(12, 2) AS d, TIMESTAMP '2020-01-01' AS t");

        for (TargetField field : List.of(
                TargetField.leaf("i", PhysicalType.INT32),
                TargetField.leaf("f", PhysicalType.FLOAT),
                TargetField.leaf("d", PhysicalType.INT64).as(LogicalType.decimal(12, 3)),
                TargetField.leaf("d", PhysicalType.INT64).as(LogicalType.decimal(11, 2)),
                TargetField.leaf("t", PhysicalType.INT64).as(LogicalType.timestamp(true, 2)),
                TargetField.leaf("t", PhysicalType.INT64).as(LogicalType.timestamp(false, 3)))) {
            assertRefused(TargetShape.byName(List.of(field)), input(a), "a.parquet", field.name());
        }
    }

    @Test
    void aDateThatNoTimestampCanHoldIsRefused() throws IOException {
        Path a = duck("a.parquet", "SELECT DATE '2262-04-11' + i::INTEGER AS t FROM range(2) t(i)");
        TargetField nanos = TargetField.leaf("t", PhysicalType.INT64).as(LogicalType.timestamp(false, 3));

        assertRefused(TargetShape.byName(List.of(nanos)), input(a), "a.parquet", "t", "no timestamp");
    }
}
