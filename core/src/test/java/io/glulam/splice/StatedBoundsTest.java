package io.glulam.splice;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Statistics;
import io.glulam.statistics.PageSummary;
import io.glulam.testkit.generate.DuckDbFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stated bounds of fragments and pages, held against entries of dictionaries. Two fragments of a page each. */
@Tag("once")
class StatedBoundsTest {
    private static final int NUMBERS = 0;
    private static final int FLOATS = 1;
    private static final int TEXTS = 2;
    private static final long[] NONE = {};

    @TempDir
    static Path folder;

    private static SurveyedFile file;

    @BeforeAll
    static void write() throws IOException {
        Path path = DuckDbFiles.write(
                "SELECT n::INT AS n, n::DOUBLE AS x, 'v' || n AS t FROM (SELECT i % 2048 % 3 AS n FROM range(4096)"
                        + " t(i))",
                2048, "COMPRESSION snappy", folder.resolve("a.parquet"));
        file = new SurveyedFile(path);
    }

    private static SurveyedColumn column(int leaf) {
        SurveyedColumn column = file.column(leaf, 1 << 20);
        assertThat(column.pages().count()).isEqualTo(2);
        assertThat(column.pages().fragment(0)).isZero();
        assertThat(column.pages().fragment(1)).isEqualTo(1);
        return column;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static byte[] floating(double value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array();
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] numbers(int... values) {
        ByteBuffer body = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            body.putInt(value);
        }
        return body.array();
    }

    private static byte[] floats(double... values) {
        ByteBuffer body = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            body.putDouble(value);
        }
        return body.array();
    }

    private static byte[] texts(String... values) {
        ByteBuffer body = ByteBuffer.allocate(100).order(ByteOrder.LITTLE_ENDIAN);
        for (String value : values) {
            body.putInt(text(value).length).put(text(value));
        }
        return Arrays.copyOf(body.array(), body.position());
    }

    private static Statistics stated(byte @Nullable [] min, byte @Nullable [] max, boolean exact) {
        return new Statistics(null, null, 0, -1, max, min, exact, exact, -1);
    }

    private static PageSummary page(byte @Nullable [] min, byte @Nullable [] max) {
        return new PageSummary(2048, 0, -1, false, min, max, NONE, NONE);
    }

    /** Bounds of the first fragment and its page; of the second nothing. */
    private static StatedBounds of(int leaf, @Nullable Statistics first, PageSummary page) {
        return StatedBounds.of(
                column(leaf), new Statistics[] {first, null}, new PageSummary[] {page, page(null, null)});
    }

    private static StatedBounds of(int leaf, Statistics first) {
        return of(leaf, first, page(null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 2, false, null",
        "1, 2, false, '[true, false, false]'",
        "0, 1, false, '[false, false, true]'",
        "1, 1, false, '[true, false, true]'",
        "3, 9, false, '[true, true, true]'",
        "-5, 9, false, null",
        // Exact bounds occur; what does not contradicts itself.
        "0, 2, true, null",
        "-5, 2, true, null contradicted",
        "0, 9, true, null contradicted",
        "1, 2, true, '[true, false, false]'",
    })
    void entriesOutsideOfAFragmentsBoundsAreFound(int min, int max, boolean exact, String outside) {
        StatedBounds bounds = of(NUMBERS, stated(number(min), number(max), exact));
        boolean[] found = bounds.outside(0, numbers(0, 1, 2), 3);
        String text = found == null ? "null" : Arrays.toString(found);
        assertThat(text + (bounds.isContradicted() ? " contradicted" : "")).isEqualTo(outside);
        assertThat(bounds.outside(1, numbers(0, 1, 2), 3))
                .as("nothing is stated")
                .isNull();
    }

    @Test
    void onlyTheEntriesOfTheFragmentAreLookedAt() {
        StatedBounds bounds = of(NUMBERS, stated(number(0), number(1), true));
        assertThat(bounds.outside(0, numbers(1, 0, 77), 2)).isNull();
        assertThat(bounds.outside(0, new byte[0], 0))
                .as("no entry, no contradiction")
                .isNull();
        assertThat(bounds.isContradicted()).isFalse();
    }

    @Test
    void zerosOfBothSignsAreOneAndNaNHasNoPlace() {
        StatedBounds bounds = of(FLOATS, stated(floating(0.0), floating(1), true));
        assertThat(bounds.outside(0, floats(-0.0, 1, Double.NaN), 3)).isNull();
        assertThat(bounds.isContradicted()).isFalse();
        assertThat(bounds.outside(0, floats(-Double.MIN_VALUE, Double.POSITIVE_INFINITY, 0.0, 1), 4))
                .containsExactly(true, true, false, false);
        // A least value that is NaN states nothing.
        assertThat(of(FLOATS, stated(floating(Double.NaN), floating(1), true)).outside(0, floats(7), 1))
                .isNull();
    }

    @Test
    void textsAreComparedByteByByte() {
        StatedBounds bounds = of(TEXTS, stated(text("b"), text("d\u00e4"), false));
        assertThat(bounds.outside(0, texts("b", "", "a\uffff", "d\u00e4", "d\u00e4\u0000", "d", "\ud83d\ude00"), 7))
                .containsExactly(false, true, true, false, true, false, true);
    }

    @Test
    void readersTakeTheDeprecatedBoundsWhereThereAreNoOthersAndThoseAreNeverExact() {
        Statistics deprecated = new Statistics(number(1), number(0), 0, -1, null, null, true, true, -1);
        StatedBounds bounds = of(NUMBERS, deprecated);
        assertThat(bounds.outside(0, numbers(5), 1)).containsExactly(true);
        assertThat(bounds.isContradicted()).isFalse();
        Statistics half = new Statistics(number(1), number(0), 0, -1, null, number(0), true, true, -1);
        assertThat(of(NUMBERS, half).outside(0, numbers(5), 1)).isNull();
    }

    @Test
    void aPageIsHeldAgainstItsOwnBoundsByTheEntriesThatItUses() {
        boolean[] used = {true, false, true};
        StatedBounds bounds = of(NUMBERS, stated(number(0), number(9), false), page(number(0), number(5)));
        assertThat(bounds.areOfPage(0)).isTrue();
        assertThat(bounds.areOfPage(1)).isFalse();
        bounds.check(0, numbers(0, 7, 5), used);
        assertThat(bounds.isContradicted()).isFalse();
        bounds.check(1, numbers(-1, 7, 99), used);
        assertThat(bounds.isContradicted()).as("the other page has none").isFalse();
        bounds.check(0, numbers(0, 7, 6), used);
        assertThat(bounds.isContradicted()).isTrue();
        bounds.check(0, numbers(0, 7, 5), used);
        assertThat(bounds.isContradicted()).as("it stays so").isTrue();
    }

    @Test
    void aPageWithTheBoundsOfItsFragmentHasNoneOfItsOwn() {
        Statistics whole = stated(number(0), number(2), false);
        assertThat(of(NUMBERS, whole, page(number(0), number(2))).areOfPage(0)).isFalse();
        assertThat(of(NUMBERS, whole, page(number(0), number(1))).areOfPage(0)).isTrue();
        assertThat(of(NUMBERS, whole, page(number(0), null)).areOfPage(0)).isFalse();
        assertThat(of(NUMBERS, null, page(number(0), number(2))).areOfPage(0)).isTrue();
    }

    @Test
    void fragmentsWithEntriesOutsideAreDoubtfulThoughTheyMoveAsTheyAre() {
        SurveyedColumn column = column(NUMBERS);
        assertThat(column.sameIndices()).isTrue();
        assertThat(doubtful(column, stated(number(0), number(2), false), stated(number(0), number(2), true)))
                .isEqualTo(new BitSet());
        BitSet second = new BitSet();
        second.set(1);
        assertThat(doubtful(column, stated(number(0), number(2), false), stated(number(1), number(2), false)))
                .isEqualTo(second);
        assertThat(doubtful(column, null, null)).isEqualTo(new BitSet());
    }

    private static BitSet doubtful(SurveyedColumn column, @Nullable Statistics first, @Nullable Statistics second) {
        PageSummary[] pages = {page(null, null), page(null, null)};
        return StatedBounds.of(column, new Statistics[] {first, second}, pages).doubtful(column);
    }
}
