package io.glulam.tables.iceberg.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.iceberg.Schema;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class PartitionFilterTest {
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "day", Types.DateType.get()),
            Types.NestedField.optional(2, "country", Types.StringType.get()),
            Types.NestedField.optional(3, "n", Types.IntegerType.get()),
            Types.NestedField.optional(4, "at", Types.TimestampType.withoutZone()),
            Types.NestedField.optional(5, "price", Types.DecimalType.of(9, 2)));

    private static String parsed(String text) {
        return PartitionFilter.parse(text, SCHEMA).toString();
    }

    @Test
    void comparisonsAreReadAsSqlHasThem() {
        assertThat(parsed("day >= DATE '2026-11-01'"))
                .isEqualTo(Expressions.greaterThanOrEqual("day", "2026-11-01").toString());
        assertThat(parsed("country in ('AT', 'D''E') and not n = -3"))
                .isEqualTo(Expressions.and(
                                Expressions.in("country", "AT", "D'E"), Expressions.not(Expressions.equal("n", -3L)))
                        .toString());
        assertThat(parsed("n < 1 OR n > 2 AND country IS NOT NULL"))
                .isEqualTo(Expressions.or(
                                Expressions.lessThan("n", 1L),
                                Expressions.and(
                                        Expressions.greaterThan("n", 2L),
                                        Expressions.not(Expressions.isNull("country"))))
                        .toString());
        assertThat(parsed("(n <> 1 or `country` like 'A%')")).contains("n").contains("country");
        assertThat(parsed("at < TIMESTAMP '2026-11-01 10:00:00'")).contains("2026-11-01T10:00:00");
        assertThat(parsed("price = 1.25")).contains("1.25");
    }

    @Test
    void whatIsNoFilterOfTheTableIsRefused() {
        for (String wrong : new String[] {
            "",
            "day",
            "day =",
            "day = ",
            "day = 'x' extra",
            "(n = 1",
            "n = 1)",
            "n ~ 1",
            "n = 99999999999999999999",
            "country like '%a'",
            "country like 'a_b%'",
            "nothing = 1",
            "day = 'no date'",
            "not",
            "n in ()",
            "day = DATE 3"
        }) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> parsed(wrong));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> parsed("(".repeat(500) + "n = 1" + ")".repeat(500)));
    }

    @Test
    void noFilterSelectsAll() {
        assertThat(PartitionFilter.parse(null, SCHEMA)).isEqualTo(Expressions.alwaysTrue());
    }
}
