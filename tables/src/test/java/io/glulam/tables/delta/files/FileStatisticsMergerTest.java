package io.glulam.tables.delta.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaType;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class FileStatisticsMergerTest {
    private static final FileStatisticsMerger.Columns ALL = path -> true;

    private static DeltaField field(String name, String type) {
        return new DeltaField(name, name, null, new DeltaType.Primitive(type));
    }

    private static String merged(String type, String first, String second) {
        FileStatisticsMerger merger = new FileStatisticsMerger(List.of(field("c", type)));
        merger.add(first, 10, ALL);
        merger.add(second, 10, ALL);
        return merger.merged(20, null);
    }

    private static String bounds(String min, String max) {
        return "{\"numRecords\":10,\"minValues\":{\"c\":%s},\"maxValues\":{\"c\":%s},\"nullCount\":{\"c\":1}}"
                .formatted(min, max);
    }

    private static String expected(String min, String max) {
        return "{\"numRecords\":20,\"nullCount\":{\"c\":2},\"minValues\":{\"c\":%s},\"maxValues\":{\"c\":%s}}"
                .formatted(min, max);
    }

    private static void assertBounds(String type, String min, String max, String otherMin, String otherMax) {
        assertThat(merged(type, bounds(min, max), bounds(otherMin, otherMax))).isEqualTo(expected(min, otherMax));
        assertThat(merged(type, bounds(otherMin, otherMax), bounds(min, max))).isEqualTo(expected(min, otherMax));
    }

    @Test
    void boundsAreComparedInTheOrderOfTheirType() {
        assertBounds("long", "-9223372036854775807", "5", "10", "9223372036854775807");
        assertBounds("decimal", "-0.50", "2.00", "1.10", "12345678901234567890.12");
        assertBounds("double", "\"-Infinity\"", "1.5", "0.5", "\"NaN\"");
        assertBounds("string", "\"10\"", "\"9\"", "\"9\"", "\"😀\"");
        assertBounds("string", "\"a\"", "\"\uFFFD\"", "\"b\"", "\"😀\"");
        assertBounds("date", "\"2026-01-02\"", "\"2026-02-01\"", "\"2026-01-10\"", "\"2026-11-01\"");
        assertBounds(
                "timestamp",
                "\"2026-01-01T00:00:00.000Z\"",
                "\"2026-01-01T12:00:00.000Z\"",
                "\"2026-01-01T05:00:00.000+02:00\"",
                "\"2026-01-01T12:00:00.000-01:00\"");
        assertBounds(
                "timestamp_ntz",
                "\"2026-01-01\"",
                "\"2026-01-02T00:00:00.000\"",
                "\"2026-01-01T00:00:00.001\"",
                "\"2026-01-03\"");
    }

    @Test
    void theTextOfABoundStaysAsItIs() {
        assertThat(merged("decimal", bounds("0.00", "1.500"), bounds("0.000", "1.5")))
                .isEqualTo(expected("0.00", "1.500"));
        assertThat(merged("double", bounds("4.0", "1.0E10"), bounds("5.0", "6.0")))
                .contains("\"minValues\":{\"c\":4.0}");
    }

    @Test
    void aBoundOfMinusZeroKeepsItsSign() {
        assertBounds("double", "-0.0", "0.0", "0.0", "0.0");
        assertBounds("float", "-1.5", "-0.0", "-1.0", "0.0");
        assertThat(merged("double", bounds("-0.00", "-0E7"), bounds("-0.0", "-0.0")))
                .isEqualTo(expected("-0.0", "-0.0"));
        assertThat(merged("decimal", bounds("-0.00", "0.00"), bounds("0.00", "0.00")))
                .isEqualTo(expected("-0.0", "0.00"));
    }

    @Test
    void aBoundThatOneFileLacksIsLeftOut() {
        String without = "{\"numRecords\":10,\"nullCount\":{\"c\":1}}";
        assertThat(merged("long", bounds("1", "2"), without)).isEqualTo("{\"numRecords\":20,\"nullCount\":{\"c\":2}}");
        assertThat(merged("long", bounds("1", "2"), bounds("1", "null")))
                .isEqualTo("{\"numRecords\":20,\"nullCount\":{\"c\":2}}");
        assertThat(merged("long", bounds("1", "2"), null)).isEqualTo("{\"numRecords\":20}");
        assertThat(merged("long", bounds("1", "2"), "{")).isEqualTo("{\"numRecords\":20}");
        assertThat(merged("date", bounds("\"2026-01-01\"", "\"2026-01-01\""), bounds("\"soon\"", "\"later\"")))
                .isEqualTo("{\"numRecords\":20,\"nullCount\":{\"c\":2}}");
    }

    @Test
    void aFileWithoutValuesHasNoSayInTheBounds() {
        String nulls = "{\"numRecords\":10,\"nullCount\":{\"c\":10}}";
        assertThat(merged("long", nulls, bounds("1", "2")))
                .isEqualTo(
                        "{\"numRecords\":20,\"nullCount\":{\"c\":11},\"minValues\":{\"c\":1},\"maxValues\":{\"c\":2}}");
    }

    @Test
    void aFileWithoutTheColumnHoldsNullsOnly() {
        FileStatisticsMerger merger = new FileStatisticsMerger(List.of(field("c", "long")));
        merger.add("{\"numRecords\":10}", 10, path -> false);
        merger.add(bounds("1", "2"), 10, ALL);
        assertThat(merger.merged(20, null))
                .isEqualTo(
                        "{\"numRecords\":20,\"nullCount\":{\"c\":11},\"minValues\":{\"c\":1},\"maxValues\":{\"c\":2}}");
    }

    @Test
    void boundsAreTightOnlyIfAllOfThemAre() {
        assertThat(merged("long", "{\"tightBounds\":true}", "{\"tightBounds\":true}"))
                .isEqualTo("{\"numRecords\":20,\"tightBounds\":true}");
        assertThat(merged("long", "{\"tightBounds\":true}", "{\"tightBounds\":false}"))
                .isEqualTo("{\"numRecords\":20,\"tightBounds\":false}");
    }

    @Test
    void fieldsOfStructsKeepTheirPlace() {
        DeltaField struct =
                new DeltaField("s", "s", null, new DeltaType.Struct(List.of(field("a", "long"), field("b", "string"))));
        FileStatisticsMerger merger = new FileStatisticsMerger(List.of(struct));
        String text =
                "{\"minValues\":{\"s\":{\"a\":1}},\"maxValues\":{\"s\":{\"a\":%d}},\"nullCount\":{\"s\":{\"a\":0,\"b\":2}}}";
        merger.add(text.formatted(3), 5, ALL);
        merger.add(text.formatted(7), 5, ALL);
        assertThat(merger.merged(10, null))
                .isEqualTo("{\"numRecords\":10,\"nullCount\":{\"s\":{\"a\":0,\"b\":4}},\"minValues\":{\"s\":{\"a\":1}},"
                        + "\"maxValues\":{\"s\":{\"a\":7}}}");
    }
}
