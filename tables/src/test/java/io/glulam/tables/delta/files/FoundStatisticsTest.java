package io.glulam.tables.delta.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.ShapedReport.Bounds;
import io.glulam.ShapedReport.ColumnFacts;
import io.glulam.tables.delta.log.DeltaField;
import io.glulam.tables.delta.log.DeltaType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoundStatisticsTest {
    private static DeltaField field(String name, DeltaType type) {
        return new DeltaField("name of " + name, name, null, type);
    }

    private static DeltaType type(String name) {
        return new DeltaType.Primitive(name);
    }

    private static ColumnFacts column(long nulls, byte @Nullable [] min, byte @Nullable [] max, String... path) {
        Bounds bounds = min == null || max == null ? null : new Bounds(min, max);
        return new ColumnFacts(List.of(path), null, 100, 10, nulls, bounds, List.of());
    }

    private static byte[] int32(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] int64(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static String found(String type, byte[] min, byte[] max) {
        return FoundStatistics.of(List.of(field("c", type(type))), List.of(column(0, min, max, "c")));
    }

    @ParameterizedTest
    @CsvSource({
        "byte, -128, 127, -128, 127",
        "short, -1, 0, -1, 0",
        "integer, -2147483648, 2147483647, -2147483648, 2147483647",
        "long, -5, 7, -5, 7", // widened from an integer
        "date, -1, 20788, '\"1969-12-31\"', '\"2026-12-01\"'",
        "date, -2147483648, 2147483647, '\"-5877641-06-23\"', '\"+5881580-07-11\"'",
    })
    void valuesOfFourBytesAreThoseOfTheirType(String type, int min, int max, String least, String greatest) {
        assertThat(found(type, int32(min), int32(max)))
                .isEqualTo("{\"nullCount\":{\"c\":0},\"minValues\":{\"c\":" + least + "},\"maxValues\":{\"c\":"
                        + greatest + "}}");
    }

    @Test
    void longsKeepAllDigits() {
        assertThat(found("long", int64(Long.MIN_VALUE), int64(Long.MAX_VALUE)))
                .contains("\"minValues\":{\"c\":-9223372036854775808}")
                .contains("\"maxValues\":{\"c\":9223372036854775807}");
    }

    @Test
    void floatingPointNumbersKeepTheirShortestText() {
        assertThat(found("float", int32(Float.floatToIntBits(-0.0f)), int32(Float.floatToIntBits(0.1f))))
                .contains("\"minValues\":{\"c\":-0.0}")
                .contains("\"maxValues\":{\"c\":0.1}");
        assertThat(found("double", int64(Double.doubleToLongBits(-0.0)), int64(Double.doubleToLongBits(0.1))))
                .contains("\"minValues\":{\"c\":-0.0}")
                .contains("\"maxValues\":{\"c\":0.1}");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aBoundThatIsNoNumberLeavesBothOut(double odd) {
        byte[] one = int64(Double.doubleToLongBits(1));
        byte[] other = int64(Double.doubleToLongBits(odd));
        assertThat(found("double", one, other)).isEqualTo("{\"nullCount\":{\"c\":0}}");
        assertThat(found("double", other, one)).isEqualTo("{\"nullCount\":{\"c\":0}}");
        assertThat(found("float", int32(Float.floatToIntBits((float) odd)), int32(0)))
                .isEqualTo("{\"nullCount\":{\"c\":0}}");
    }

    @Test
    void fourBytesAreNoDoubleForTheyMayBeAnInteger() {
        assertThat(found("double", int32(1), int32(2))).isEqualTo("{\"nullCount\":{\"c\":0}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "binary", "boolean", "decimal", "timestamp", "timestamp_ntz", "void"})
    void boundsOfOtherTypesAreNotFound(String type) {
        assertThat(found(type, int64(1), int64(2))).isEqualTo("{\"nullCount\":{\"c\":0}}");
        assertThat(FoundStatistics.areWhole(type)).isFalse();
    }

    @Test
    void aCountThatIsNotKnownIsLeftOut() {
        List<DeltaField> fields = List.of(field("a", type("long")), field("b", type("long")));
        assertThat(FoundStatistics.of(fields, List.of(column(-1, null, null, "a"), column(3, null, null, "b"))))
                .isEqualTo("{\"nullCount\":{\"b\":3}}");
        assertThat(FoundStatistics.of(fields, List.of())).isEqualTo("{}");
    }

    @Test
    void fieldsOfStructsAreFoundByTheirPhysicalNamesAndNothingInsideOfListsAndMaps() {
        DeltaType inner = new DeltaType.Struct(List.of(field("x.y", type("integer")), field("z", type("integer"))));
        List<DeltaField> fields = List.of(
                field("s", inner),
                field("l", new DeltaType.ListOf(type("integer"))),
                field("m", new DeltaType.MapOf(type("string"), inner)));
        byte[] one = int32(1);
        assertThat(FoundStatistics.of(
                        fields,
                        List.of(
                                column(1, one, one, "s", "x.y"),
                                column(2, one, one, "s", "z"),
                                column(3, one, one, "s", "missing"),
                                column(4, one, one, "s", "z", "deeper"),
                                column(5, one, one, "s"),
                                column(6, one, one, "l", "list", "element"),
                                column(7, one, one, "m", "key_value", "value", "z"),
                                column(8, one, one, "name of s"),
                                column(9, one, one, "missing"))))
                .isEqualTo("{\"nullCount\":{\"s\":{\"x.y\":1,\"z\":2}},\"minValues\":{\"s\":{\"x.y\":1,\"z\":1}},"
                        + "\"maxValues\":{\"s\":{\"x.y\":1,\"z\":1}}}");
    }
}
