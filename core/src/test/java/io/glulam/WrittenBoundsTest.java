package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SortOrder;
import io.glulam.format.Statistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds of a column by its chunks: {@code 1..5} for bounds, with {@code <} or {@code >} before one that is not exact. */
@Tag("once")
class WrittenBoundsTest {
    private static final long ROWS = 10;

    private static WrittenBounds bounds(PhysicalType type, SortOrder order) {
        return new WrittenBounds(new Leaf(0, List.of("c"), type, 0, 0, 1, order));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static Statistics stated(long nulls, byte @Nullable [] min, byte @Nullable [] max) {
        return new Statistics(null, null, nulls, -1, max, min, null, null, -1);
    }

    /** Adds a chunk by its text. */
    private static void add(WrittenBounds bounds, String chunk) {
        switch (chunk) {
            case "none" -> bounds.add(ROWS, null);
            case "empty" -> bounds.add(0, null);
            case "nulls" -> bounds.add(ROWS, stated(ROWS, null, null));
            case "unbounded" -> bounds.add(ROWS, stated(0, null, null));
            case "half" -> bounds.add(ROWS, stated(0, number(1), null));
            case "short" -> bounds.add(ROWS, stated(0, new byte[3], number(5)));
            case "deprecated" ->
                bounds.add(ROWS, new Statistics(number(5), number(1), 0, -1, null, null, null, null, -1));
            default -> {
                String[] ends = chunk.replaceAll("[<>]", "").split("\\.\\.");
                bounds.add(
                        ROWS,
                        new Statistics(
                                null,
                                null,
                                3,
                                -1,
                                number(Integer.parseInt(ends[1])),
                                number(Integer.parseInt(ends[0])),
                                chunk.contains(">") ? Boolean.FALSE : null,
                                chunk.contains("<") ? Boolean.FALSE : Boolean.TRUE,
                                -1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', null, null",
        "1..5, 1..5, 1..5",
        "1..5 2..3, 1..5, 1..5",
        "2..3 1..5 4..4, 1..5, 1..5",
        "-1..5, -1..5, null",
        "5..-1, null, 5..-1",
        "-2147483648..2147483647, -2147483648..2147483647, null",
        "1..5 -7..-2, -7..5, 1..-2",
        "5..1, null, null",
        // What has no values says nothing, and what has some says all or nothing.
        "empty 1..5 nulls, 1..5, 1..5",
        "nulls empty, null, null",
        "1..5 none, null, null",
        "none 1..5, null, null",
        "1..5 unbounded, null, null",
        "1..5 half, null, null",
        "1..5 short, null, null",
        "deprecated, null, null",
        "1..5 <0..9, null, null",
        "1..5 0..>9, null, null",
        "2..3 1..5 none 1..5, null, null",
    })
    void boundsAreThoseOfAllChunksThatHaveValues(String chunks, String signed, String unsigned) {
        assertThat(united(chunks, SortOrder.INT32_SIGNED)).isEqualTo(signed);
        assertThat(united(chunks, SortOrder.INT32_UNSIGNED)).isEqualTo(unsigned);
    }

    private static String united(String chunks, SortOrder order) {
        WrittenBounds bounds = bounds(PhysicalType.INT32, order);
        for (String chunk : chunks.isEmpty() ? new String[0] : chunks.split(" ")) {
            add(bounds, chunk);
        }
        ShapedReport.Bounds found = bounds.result();
        return found == null ? "null" : text(found.min()) + ".." + text(found.max());
    }

    private static String text(byte[] value) {
        return Integer.toString(
                ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getInt());
    }

    @Test
    void aBoundThatIsNaNIsNone() {
        WrittenBounds bounds = bounds(PhysicalType.FLOAT, SortOrder.FLOAT);
        byte[] nan = number(Float.floatToIntBits(Float.NaN));
        bounds.add(ROWS, stated(0, number(Float.floatToIntBits(1)), nan));
        assertThat(bounds.result()).isNull();
    }

    @Test
    void valuesWithoutAnOrderHaveNoBounds() {
        WrittenBounds bounds = bounds(PhysicalType.INT96, SortOrder.NONE);
        bounds.add(ROWS, stated(0, new byte[12], new byte[12]));
        assertThat(bounds.result()).isNull();
    }
}
