package io.glulam.tables.delta.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsOrderTest {
    private static final List<String> WHOLE =
            List.of("-9223372036854775808", "-1", "0", "9", "10", "9223372036854775807");

    /** A type, and values of it as JSON, ascending. */
    static Stream<Arguments> ascending() {
        return Stream.of(
                arguments("byte", WHOLE),
                arguments("short", WHOLE),
                arguments("integer", WHOLE),
                arguments("long", WHOLE),
                arguments(
                        "decimal",
                        List.of(
                                "-1E30",
                                "-12345678901234567890.124",
                                "-12345678901234567890.123",
                                "0",
                                "0.10",
                                "0.100000000000000000000000000001",
                                "12345678901234567890.123",
                                "12345678901234567890.124")),
                arguments(
                        "double",
                        List.of(
                                "\"-Infinity\"",
                                "-1.7976931348623157E308",
                                "-4.9E-324",
                                "-0.0",
                                "0.0",
                                "4.9E-324",
                                "2",
                                "10",
                                "\"Infinity\"",
                                "\"NaN\"")),
                arguments(
                        "string",
                        List.of(
                                "\"\"",
                                "\"A\"",
                                "\"a\"",
                                "\"a\\u0000\"",
                                "\"aa\"",
                                "\"\u00e4\"",
                                "\"\uffee\"",
                                "\"\ud83d\ude00\"")),
                arguments(
                        "date",
                        List.of(
                                "\"-0001-12-31\"",
                                "\"0001-01-01\"",
                                "\"1969-12-31\"",
                                "\"2026-12-01\"",
                                "\"+10000-01-01\"")),
                arguments(
                        "timestamp",
                        List.of(
                                "\"1969-12-31T23:59:59.999Z\"",
                                "\"2026-12-01T01:00:00.000+02:00\"",
                                "\"2026-12-01T00:00:00.000Z\"",
                                "\"2026-12-01T00:00:00.000001Z\"",
                                "\"2026-11-30T23:00:01.000-02:00\"")),
                arguments(
                        "timestamp_ntz",
                        List.of(
                                "\"2026-12-01\"",
                                "\"2026-12-01T00:00:00.001\"",
                                "\"2026-12-01T01:00:00\"",
                                "\"2026-12-02\"")));
    }

    @ParameterizedTest
    @MethodSource("ascending")
    void boundsHaveTheOrderOfTheirType(String type, List<String> texts) {
        Comparator<JsonNode> order = StatisticsOrder.of(type);
        Function<JsonNode, Comparable<?>> key = StatisticsOrder.key(type);
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < texts.size(); j++) {
                JsonNode left = FileStatisticsMerger.parsed(texts.get(i));
                JsonNode right = FileStatisticsMerger.parsed(texts.get(j));
                int wanted = Integer.compare(i, j);
                assertThat(Integer.signum(order.compare(left, right)))
                        .as("%s: %s against %s", type, left, right)
                        .isEqualTo(wanted);
                if (key != null) {
                    assertThat(Integer.signum(compared(key.apply(left), key.apply(right))))
                            .as("key of %s: %s against %s", type, left, right)
                            .isEqualTo(wanted);
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static int compared(Comparable<?> left, Comparable<?> right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** A type, and JSON that is no value of it. */
    static Stream<Arguments> foreign() {
        return Stream.of(
                arguments("long", List.of("\"1\"", "true", "null", "{}", "[1]")),
                arguments("decimal", List.of("\"1.5\"", "false", "null")),
                arguments("double", List.of("\"nan\"", "\"1.5\"", "\"\"", "null", "true")),
                arguments("string", List.of("1", "null", "true", "[\"a\"]")),
                arguments(
                        "date", List.of("\"2026-12-1\"", "\"2026-13-01\"", "\"2026-12-01T00:00:00\"", "\"\"", "20000")),
                arguments(
                        "timestamp",
                        List.of("\"2026-12-01T00:00:00\"", "\"2026-12-01 00:00:00Z\"", "\"2026-12-01\"", "0")),
                arguments(
                        "timestamp_ntz", List.of("\"2026-12-01T00:00:00Z\"", "\"2026-12-01 00:00:00\"", "\"\"", "0")));
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void whatIsNoValueOfTheTypeHasNoPlaceInItsOrder(String type, List<String> texts) {
        Comparator<JsonNode> order = StatisticsOrder.of(type);
        for (String text : texts) {
            JsonNode node = FileStatisticsMerger.parsed(text);
            assertThatIllegalArgumentException().as("%s: %s", type, text).isThrownBy(() -> order.compare(node, node));
            Function<JsonNode, Comparable<?>> key = StatisticsOrder.key(type);
            if (key != null) {
                assertThatIllegalArgumentException().as("%s: %s", type, text).isThrownBy(() -> key.apply(node));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1E2", "9223372036854775808", "-9223372036854775809", "1E999999999"})
    void filesAreNotPutInOrderByWhatIsNoLong(String text) {
        Function<JsonNode, Comparable<?>> key = StatisticsOrder.key("long");
        assertThatIllegalArgumentException().isThrownBy(() -> key.apply(FileStatisticsMerger.parsed(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"boolean", "binary", "variant", "void", "", "Long"})
    void otherTypesHaveNoBounds(String type) {
        assertThat(StatisticsOrder.of(type)).isNull();
        assertThat(StatisticsOrder.key(type)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"float", "double"})
    void filesAreNotPutInOrderByWhatMayBeNaN(String type) {
        assertThat(StatisticsOrder.of(type)).isNotNull();
        assertThat(StatisticsOrder.key(type)).isNull();
    }
}
