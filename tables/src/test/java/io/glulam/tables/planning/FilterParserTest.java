package io.glulam.tables.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a = 1 | a EQUAL NUMBER:1",
                "a<>-1.5e-3 | a NOT_EQUAL NUMBER:-1.5e-3",
                "a!=+1 | a NOT_EQUAL NUMBER:+1",
                "a <= 'it''s' | a LESS_OR_EQUAL TEXT:it's",
                "a >= '' | a GREATER_OR_EQUAL TEXT:",
                "a < '''' | a LESS TEXT:'",
                "a > date '2026-12-01' | a GREATER DATE:2026-12-01",
                "a = Timestamp '2026-12-01 01:02:03' | a EQUAL TIMESTAMP:2026-12-01 01:02:03",
                "a = TRUE | a EQUAL BOOLEAN:true",
                "`or` = False | or EQUAL BOOLEAN:false",
                "`a b`.c = 1 | ",
                "`it's` = 1 | it's EQUAL NUMBER:1",
                "a.b_1 IS NULL | a.b_1 null",
                "a is not null | !a null",
                "a IN (1) | a in [NUMBER:1]",
                "a NOT IN ('x', 2,TRUE) | !a in [TEXT:x, NUMBER:2, BOOLEAN:true]",
                "a LIKE '%' | a begins ''",
                "a NOT LIKE 'x''y%' | !a begins 'x'y'",
                "NOT a = 1 AND b = 2 | (!a EQUAL NUMBER:1 & b EQUAL NUMBER:2)",
                "NOT (a = 1 AND b = 2) | !(a EQUAL NUMBER:1 & b EQUAL NUMBER:2)",
                "not not a = 1 | !!a EQUAL NUMBER:1",
                "a=1 OR b=2 AND c=3 OR d=4 | ((a EQUAL NUMBER:1 + (b EQUAL NUMBER:2 & c EQUAL NUMBER:3)) + d EQUAL"
                        + " NUMBER:4)",
                "(a=1 OR b=2) AND (c=3) | ((a EQUAL NUMBER:1 + b EQUAL NUMBER:2) & c EQUAL NUMBER:3)",
                "a = 1AND b = 2 | (a EQUAL NUMBER:1 & b EQUAL NUMBER:2)",
            })
    void aFilterIsReadAsSqlHasIt(String text, String meant) {
        if (meant == null) {
            assertThatIllegalArgumentException().isThrownBy(() -> parsed(text));
        } else {
            assertThat(parsed(text)).isEqualTo(meant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = 'x",
                "a = 'x''",
                "a = x",
                "a = \"x\"",
                "'a' = 1",
                "1 = 1",
                "a == 1",
                "a = 1 ;",
                "a = 1.",
                "a = .5",
                "a = DATE 5",
                "a = DATE b",
                "a IS",
                "a IS NOT",
                "a NOT = 1",
                "a NOT",
                "a IN 1",
                "a IN (1",
                "a IN (1,)",
                "a LIKE 5",
                "a LIKE 'x'",
                "a LIKE '%%'",
                "a LIKE 'x_%'",
                "a LIKE x",
                "AND a = 1",
                "a = 1 OR",
                "()",
                "a = 1 b = 2",
                "``= 1",
                "a. = 1",
                "\u00e4 = 1"
            })
    void whatIsNoFilterIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> parsed(text)).withMessageContaining("the filter");
    }

    @Test
    void literalsAndNamesMayBeLong() {
        String text = "x''".repeat(100_000);
        String name = "a" + ".b".repeat(100_000);
        assertThat(parsed(name + " = '" + text + "'")).isEqualTo(name + " EQUAL TEXT:" + text.replace("''", "'"));
        assertThatIllegalArgumentException().isThrownBy(() -> parsed("a = '" + text));
    }

    @Test
    void aFilterIsNestedAHundredTimesAtMost() {
        assertThat(parsed("(".repeat(99) + "a = 1" + ")".repeat(99))).isEqualTo("a EQUAL NUMBER:1");
        assertThat(parsed("NOT ".repeat(99) + "a = 1")).isEqualTo("!".repeat(99) + "a EQUAL NUMBER:1");
        for (String deep : List.of("(".repeat(100) + "a = 1" + ")".repeat(100), "NOT ".repeat(100) + "a = 1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parsed(deep))
                    .withMessage("the filter is nested too deeply");
        }
    }

    @Test
    void aFilterHasAThousandConditionsAtMost() {
        assertThat(parsed(chain(" AND ", 1_000))).startsWith("(".repeat(999) + "a EQUAL NUMBER:1 & ");
        for (String word : List.of(" AND ", " OR ")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> parsed(chain(word, 1_001)))
                    .withMessage("the filter has more than 1000 conditions; IN takes any number of literals");
        }
        assertThat(parsed("a IN (" + String.join(", ", Collections.nCopies(5_000, "1")) + ")"))
                .startsWith("a in [NUMBER:1, ");
    }

    private static String chain(String word, int count) {
        return String.join(word, Collections.nCopies(count, "a = 1"));
    }

    private static String parsed(String text) {
        return FilterParser.parse(text, new Written());
    }

    /** Conditions as text: {@code &} and {@code +} stand for AND and OR. */
    private static final class Written implements FilterConditions<String> {
        @Override
        public String and(String left, String right) {
            return "(" + left + " & " + right + ")";
        }

        @Override
        public String or(String left, String right) {
            return "(" + left + " + " + right + ")";
        }

        @Override
        public String not(String condition) {
            return "!" + condition;
        }

        @Override
        public String isNull(String column) {
            return column + " null";
        }

        @Override
        public String compare(String column, Comparison comparison, FilterLiteral literal) {
            return column + " " + comparison + " " + text(literal);
        }

        @Override
        public String in(String column, List<FilterLiteral> literals) {
            return column + " in " + literals.stream().map(Written::text).collect(Collectors.toList());
        }

        @Override
        public String startsWith(String column, String prefix) {
            return column + " begins '" + prefix + "'";
        }

        private static String text(FilterLiteral literal) {
            return literal.kind() + ":" + literal.text();
        }
    }
}
