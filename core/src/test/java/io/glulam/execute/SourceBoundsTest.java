package io.glulam.execute;

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

/** Bounds that values leave open, as text: {@code 1! 2?} for an exact least and an inexact greatest value. */
@Tag("once")
class SourceBoundsTest {
    private static final Leaf DOUBLE = leaf(PhysicalType.DOUBLE, SortOrder.DOUBLE);

    private static Leaf leaf(PhysicalType type, SortOrder order) {
        return new Leaf(0, List.of("c"), type, 0, 0, 1, order);
    }

    /** Statistics of {@code 1! 2?}; {@code -} for bounds that are absent, and none at all for an absent text. */
    private static @Nullable Statistics statistics(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Statistics counts = new Statistics(null, null, 3, -1, null, null, null, null, -1);
        if (text.equals("-")) {
            return counts;
        }
        String[] ends = text.split(" ");
        return counts.withBoundsOf(
                new Statistics(null, null, -1, -1, bytes(ends[1]), bytes(ends[0]), exact(ends[1]), exact(ends[0]), -1));
    }

    private static byte[] bytes(String end) {
        double value = Double.parseDouble(end.replaceAll("[!?]", ""));
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array();
    }

    private static @Nullable Boolean exact(String end) {
        return end.endsWith("!") ? Boolean.TRUE : end.endsWith("?") ? Boolean.FALSE : null;
    }

    private static String text(Statistics statistics) {
        return statistics.minValue() == null || statistics.maxValue() == null
                ? "-"
                : text(statistics.minValue(), statistics.minExact()) + " "
                        + text(statistics.maxValue(), statistics.maxExact());
    }

    private static String text(byte[] value, @Nullable Boolean exact) {
        double number = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getDouble();
        return number + (exact == null ? "" : exact ? "!" : "?");
    }

    @ParameterizedTest
    @CsvSource({
        // No NaN, no zeros of both signs: the values tell.
        "0.5 2.5, , 1! 2!, 1.0! 2.0!",
        "-, , 1! 2!, 1.0! 2.0!",
        ", , 1! 2!, 1.0! 2.0!",
        // Both zeros are the least: the one that all sources state is exact.
        "0.0 2.0, , -0.0? 2!, 0.0! 2.0!",
        "0.0! 2.0, , -0.0? 2!, 0.0! 2.0!",
        "-0.0 2.0, , -0.0? 2!, -0.0! 2.0!",
        "0.0? 2.0, , -0.0? 2!, -0.0? 2.0!",
        "-1.0 2.0, , -0.0? 2!, -0.0? 2.0!",
        "NaN 2.0, , -0.0? 2!, -0.0? 2.0!",
        ", , -0.0? 2!, -0.0? 2.0!",
        // Both zeros are the greatest, or all values.
        "-2.0 -0.0, , -2! 0.0?, -2.0! -0.0!",
        "0.0 -0.0, , -0.0? 0.0?, 0.0! -0.0!",
        "0.0 0.0?, , -0.0? 0.0?, 0.0! 0.0?",
        // NaN among the values: nothing is computed, and sources are believed unless other values deny them.
        "1.0 2.0, 1! 2!, -, 1.0 2.0",
        "0.5 2.5, 1! 2!, -, 0.5 2.5",
        "1.0! 2.0!, 1! 2!, -, 1.0! 2.0!",
        "1.5 2.0, 1! 2!, -, -",
        "1.0 1.5, 1! 2!, -, -",
        "0.5! 2.0, 1! 2!, -, -",
        "1.0 2.5!, 1! 2!, -, -",
        "0.0 2.0, -0.0? 2!, -, 0.0 2.0",
        "-, 1! 2!, -, -",
        "1.0 2.0, , -, 1.0 2.0",
        ", 1! 2!, -, -",
    })
    void whatTheValuesLeaveOpenTheSourcesTell(
            @Nullable String sources, @Nullable String besideNaN, String computed, String expected) {
        Statistics found = SourceBounds.of(statistics(sources), DOUBLE, statistics(computed), statistics(besideNaN));
        assertThat(text(found)).isEqualTo(expected);
        assertThat(found.nullCount()).as("counts are the values'").isEqualTo(3);
    }

    @Test
    void sourcesAreNeededOnlyWhereAnOrderOfNumbersLeavesSomethingOpen() {
        assertThat(SourceBounds.areNeeded(DOUBLE, statistics("1! 2!"))).isFalse();
        assertThat(SourceBounds.areNeeded(DOUBLE, statistics("-0.0? 2!"))).isTrue();
        assertThat(SourceBounds.areNeeded(DOUBLE, statistics("-1! 0.0?"))).isTrue();
        assertThat(SourceBounds.areNeeded(DOUBLE, statistics("-"))).isTrue();
        Leaf number = leaf(PhysicalType.INT64, SortOrder.INT64_SIGNED);
        assertThat(SourceBounds.areNeeded(number, statistics("-"))).isFalse();
        assertThat(SourceBounds.areNeeded(number, statistics("1? 2?"))).isFalse();
    }
}
