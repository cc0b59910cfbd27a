package io.glulam.tables.delta.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partition values as the log spells them: which are the same ({@link PartitionKeys}), and their order ({@link PartitionColumn}). */
class PartitionValuesTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "long, 7, 007",
                "byte, 7, +7",
                "integer, 0, -0",
                "long, 9223372036854775808, 09223372036854775808",
                "decimal, 1.5, 1.50",
                "decimal, 0, 0.000",
                "decimal, 100, 1E2",
                "decimal, 1E+999999999, 10E999999998",
                "date, 2026-12-01, 2026-12-01",
                "boolean, true, TRUE",
                "timestamp, 2026-12-01T00:00:00Z, 2026-12-01T00:00:00.000000Z",
                "string, '', null",
                "integer, '', null",
            })
    void theseSpellingsMeanOneValue(String type, String one, String other) {
        assertThat(PartitionKeys.normalized(one, type)).isEqualTo(PartitionKeys.normalized(other, type));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "string, 7, 07",
                "string, a, A",
                "string, ' ', null",
                "integer, 7, 7.0",
                "integer, 7, 7x",
                "decimal, 1.5, 1.51",
                "decimal, 1E999999999, 1E999999998",
                "decimal, 1, -1",
                "double, 1, 1.0",
                "float, 0.0, -0.0",
                "date, 2026-12-01, 2026-12-1",
                "boolean, true, false",
                "boolean, true, 1",
                "timestamp, 2026-12-01 00:00:00, 2026-12-01 00:00:00.0",
                "timestamp, 2026-12-01T00:00:00Z, 2026-12-01 00:00:00",
                "timestamp_ntz, 2026-12-01 00:00:00, 2026-12-01T00:00:00",
                "binary, a, b",
            })
    void theseSpellingsMayMeanTwoValues(String type, String one, String other) {
        assertThat(PartitionKeys.normalized(one, type)).isNotEqualTo(PartitionKeys.normalized(other, type));
    }

    @Test
    void aKeyTakesNoMoreMemoryThanItsValue() {
        for (String value : List.of("1E999999999", "-1E2147483647", "1E-2147483647", "1000E2147483647")) {
            assertThat(PartitionKeys.normalized(value, "decimal")).hasSizeLessThan(20);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "long | -9223372036854775808, -1, 0, 2, 10, 9223372036854775807",
                "decimal | -1E30, -1.51, -1.5, 0, 0.001, 10",
                "date | -0001-01-01, 1969-12-31, 1970-01-01, 2026-12-01, +10000-01-01",
                "boolean | false, true",
                "string | A, Z, a, a!, aa, \u00e4, \uffee, \ud83d\ude00",
            })
    void valuesHaveTheOrderOfTheirType(String type, String ascending) {
        PartitionColumn column = new PartitionColumn("c", "p", type);
        List<String> values = Arrays.asList(ascending.split(", "));
        for (int i = 0; i < values.size(); i++) {
            Comparable<Object> value = column.value(Map.of("p", values.get(i)));
            for (int j = 0; j < values.size(); j++) {
                assertThat(Integer.signum(value.compareTo(column.comparable(values.get(j)))))
                        .as("%s against %s", values.get(i), values.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {"null", "''"})
    void anAbsentValueIsNullWhateverItsSpelling(String value) {
        PartitionColumn column = new PartitionColumn("c", "p", "string");
        assertThat(column.value(Collections.singletonMap("p", value))).isNull();
        assertThat(column.value(Map.of("c", "of another column"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "integer, x",
        "integer, '1 '",
        "date, 2026-13-01",
        "date, 5",
        "boolean, yes",
        "boolean, 1",
        "boolean, 'true '",
        "double, 1.5",
        "timestamp, 2026-12-01T00:00:00Z",
        "struct, a",
    })
    void whatIsNoValueOfTheTypeIsRefused(String type, String text) {
        PartitionColumn column = new PartitionColumn("c", "p", type);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> column.comparable(text))
                .withMessageContaining("column c of type " + type);
    }

    @Test
    void booleansAreReadInAnyCase() {
        PartitionColumn column = new PartitionColumn("c", "p", "boolean");
        assertThat(column.comparable("TRUE").compareTo(true)).isZero();
        assertThat(column.comparable("False").compareTo(false)).isZero();
    }
}
