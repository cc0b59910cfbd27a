package io.glulam.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.format.Leaf;
import io.glulam.format.PhysicalType;
import io.glulam.format.SizeStatistics;
import io.glulam.format.SortOrder;
import io.glulam.format.Statistics;
import io.glulam.statistics.BelievedClaims.Contradiction;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two pages of 10 values, 2 and 3 of them null, between 5 and 9 and between 7 and 30. */
class ClaimsCheckTest {
    private static final Leaf OPTIONAL = new Leaf(0, List.of("x"), PhysicalType.INT32, 0, 0, 1, SortOrder.INT32_SIGNED);
    private static final Leaf REQUIRED = new Leaf(0, List.of("x"), PhysicalType.INT32, 0, 0, 0, SortOrder.INT32_SIGNED);
    private static final Leaf NESTED =
            new Leaf(0, List.of("s", "x"), PhysicalType.INT32, 0, 0, 2, SortOrder.INT32_SIGNED);
    private static final Leaf LIST =
            new Leaf(0, List.of("l", "x"), PhysicalType.INT32, 0, 1, 1, SortOrder.INT32_SIGNED);
    private static final WriterTrust TRUST = WriterTrust.of("parquet-mr version 1.15.0 (build abc)");
    private static final Statistics STATISTICS = statistics(5, 5, 30);
    private static final SizeStatistics SIZES = new SizeStatistics(-1, new long[] {20}, new long[] {5, 15});
    private static final ColumnIndex INDEX = index(new boolean[2], new long[] {2, 3}, new int[][] {{5, 9}, {7, 30}});

    @Test
    void claimsThatAgreeAreBelieved() {
        BelievedClaims believed = check(OPTIONAL, TRUST, STATISTICS, SIZES, INDEX, -1, -1);
        assertThat(believed.contradictions()).isEmpty();
        assertThat(believed.statistics()).isSameAs(STATISTICS);
        assertThat(believed.sizes()).isSameAs(SIZES);
        assertThat(believed.columnIndex()).isSameAs(INDEX);
    }

    @Test
    void aNullPageThatHoldsValuesIsNotBelieved() {
        ColumnIndex index = index(new boolean[] {true, false}, new long[] {10, 3}, new int[][] {{0, 0}, {7, 30}});
        BelievedClaims believed = check(OPTIONAL, TRUST, null, null, index, 2, -1);
        assertThat(believed.columnIndex()).isNull();
        assertThat(problem(believed, "column index")).contains("null_pages", "definition levels");
    }

    @Test
    void nullPagesAndNullCountsMustAgree() {
        int[][] bounds = {{5, 9}, {7, 30}};
        ColumnIndex tooFew = index(new boolean[] {true, false}, new long[] {9, 3}, bounds);
        assertThat(check(OPTIONAL, TRUST, null, null, tooFew, -1, -1).columnIndex())
                .isNull();
        ColumnIndex allOfThem = index(new boolean[2], new long[] {10, 3}, bounds);
        assertThat(check(OPTIONAL, TRUST, null, null, allOfThem, -1, -1).columnIndex())
                .isNull();
    }

    @Test
    void aPagesNullCountMustBeThatOfItsDefinitionLevels() {
        ColumnIndex exchanged = index(new boolean[2], new long[] {3, 2}, new int[][] {{5, 9}, {7, 30}});
        assertThat(check(OPTIONAL, TRUST, STATISTICS, null, exchanged, 2, 3).columnIndex())
                .isNull();
    }

    @Test
    void boundsWhereAllIsNullAreNotBelieved() {
        BelievedClaims believed = check(OPTIONAL, TRUST, statistics(20, 5, 30), null, null, 10, 10);
        assertThat(believed.statistics()).isEqualTo(Statistics.NONE.withNullCount(20));
    }

    @Test
    void sizesMustTellOfTheRowGroupsRows() {
        SizeStatistics fewerRows = new SizeStatistics(-1, new long[] {15, 5}, new long[0]);
        assertThat(check(LIST, TRUST, STATISTICS, fewerRows, null, -1, -1).sizes())
                .isNull();
    }

    @Test
    void levelsOfPagesMustAddUpToTheChunks() {
        SizeStatistics sizes = new SizeStatistics(-1, new long[] {20, 0}, new long[0]);
        for (long second : new long[] {10, 9}) {
            ColumnIndex index = new ColumnIndex(
                    INDEX.nullPages(),
                    INDEX.minValues(),
                    INDEX.maxValues(),
                    BoundaryOrder.UNORDERED,
                    INDEX.nullCounts(),
                    new long[] {10, 0, second, 10 - second},
                    new long[0],
                    new long[0]);
            assertThat(check(LIST, TRUST, STATISTICS, sizes, index, -1, -1).contradictions())
                    .hasSize(second == 10 ? 0 : 2);
        }
    }

    @Test
    void countsThatDisagreeTakeBothStructsWithThem() {
        BelievedClaims believed = check(OPTIONAL, TRUST, statistics(4, 5, 30), null, INDEX, -1, -1);
        assertThat(believed.statistics()).isNull();
        assertThat(believed.columnIndex()).isNull();
        assertThat(believed.contradictions())
                .extracting(Contradiction::struct)
                .containsExactly("statistics", "column index");
    }

    @Test
    void ofWhatIsNotBelievedTheCountedNullsAreLeft() {
        BelievedClaims believed = check(OPTIONAL, TRUST, statistics(20, 5, 30), SIZES, null, 2, 3);
        assertThat(believed.statistics()).isEqualTo(Statistics.NONE.withNullCount(5));
    }

    @Test
    void thatAllIsNullIsNotBelievedUncounted() {
        Statistics allNull = Statistics.NONE.withNullCount(20);
        assertThat(check(OPTIONAL, TRUST, allNull, null, null, -1, -1).statistics())
                .isNull();
        assertThat(check(OPTIONAL, TRUST, allNull, null, null, 10, 10).statistics())
                .isSameAs(allNull);
    }

    @Test
    void aRequiredColumnHasNoNulls() {
        assertThat(check(REQUIRED, TRUST, statistics(1, 5, 30), null, null, -1, -1)
                        .statistics())
                .isNull();
        assertThat(check(REQUIRED, TRUST, statistics(0, 5, 30), null, null, -1, -1)
                        .statistics())
                .isNotNull();
    }

    @Test
    void nullsOfStructsAroundMayBeLeftOut() {
        SizeStatistics sizes = new SizeStatistics(-1, new long[0], new long[] {4, 4, 12});
        assertThat(check(NESTED, TRUST, statistics(4, 5, 30), sizes, null, -1, -1)
                        .contradictions())
                .isEmpty();
        assertThat(check(NESTED, TRUST, statistics(9, 5, 30), sizes, null, -1, -1)
                        .contradictions())
                .hasSize(2);
    }

    @Test
    void boundsOfPagesMustBeThoseOfTheChunk() {
        for (int[][] pages :
                new int[][][] {{{4, 9}, {7, 30}}, {{5, 9}, {7, 31}}, {{6, 9}, {7, 30}}, {{5, 9}, {7, 29}}}) {
            ColumnIndex index = index(new boolean[2], new long[] {2, 3}, pages);
            assertThat(check(OPTIONAL, TRUST, STATISTICS, null, index, -1, -1).contradictions())
                    .as(Arrays.deepToString(pages))
                    .hasSize(2);
        }
        Statistics wide = new Statistics(null, null, 5, -1, number(40), number(0), false, false, -1);
        assertThat(check(OPTIONAL, TRUST, wide, null, INDEX, -1, -1).contradictions())
                .isEmpty();
    }

    @Test
    void boundsThatTheWriterIsKnownToGetWrongAreNoWitness() {
        Leaf unsigned = new Leaf(0, List.of("x"), PhysicalType.INT32, 0, 0, 1, SortOrder.INT32_UNSIGNED);
        WriterTrust old = WriterTrust.of("parquet-rs version 4.1.0 (build abc)");
        assertThat(check(unsigned, old, statistics(5, 30, 5), null, null, -1, -1)
                        .contradictions())
                .isEmpty();
    }

    @Test
    void boundsOfOtherLengthsOrTheWrongWayRoundAreNotBelieved() {
        Statistics shortOnes = new Statistics(null, null, 5, -1, new byte[3], new byte[3], null, null, -1);
        assertThat(problem(check(OPTIONAL, TRUST, shortOnes, null, null, -1, -1), "statistics"))
                .contains("not values of the column's type");
        assertThat(problem(check(OPTIONAL, TRUST, statistics(5, 30, 5), null, null, -1, -1), "statistics"))
                .contains("wrong way round");
    }

    @Test
    void boundsThatLeaveOutAPageHeadersAreNotBelieved() {
        ChunkClaims claims = new ChunkClaims(
                20,
                20,
                STATISTICS,
                null,
                INDEX,
                null,
                List.of(
                        new PageClaims(10, -1, -1, statistics(2, 5, 9), -1),
                        new PageClaims(10, -1, -1, statistics(3, 7, 31), -1)));
        BelievedClaims believed = ClaimsCheck.check(OPTIONAL, TRUST, claims);
        assertThat(believed.contradictions()).hasSize(2);
    }

    @Test
    void aPagesNullCountMustBeThatOfItsHeader() {
        for (int moved : new int[] {0, 1}) {
            ChunkClaims claims = new ChunkClaims(
                    20,
                    20,
                    STATISTICS,
                    null,
                    INDEX,
                    null,
                    List.of(
                            new PageClaims(10, -1, -1, statistics(2 + moved, 5, 9), -1),
                            new PageClaims(10, -1, -1, statistics(3 - moved, 7, 30), -1)));
            BelievedClaims believed = ClaimsCheck.check(OPTIONAL, TRUST, claims);
            assertThat(believed.contradictions())
                    .extracting(Contradiction::struct)
                    .hasSize(moved)
                    .allMatch("column index"::equals);
        }
    }

    @Test
    void deprecatedBoundsAreHeldAgainstPagesToo() {
        Statistics narrow = deprecated(6, 30);
        assertThat(check(OPTIONAL, TRUST, narrow, null, INDEX, -1, -1).contradictions())
                .hasSize(2);
        assertThat(check(OPTIONAL, TRUST, deprecated(5, 30), null, INDEX, -1, -1)
                        .contradictions())
                .isEmpty();
        ChunkClaims withHeaders = new ChunkClaims(
                20,
                20,
                narrow,
                null,
                null,
                null,
                List.of(
                        new PageClaims(10, -1, -1, deprecated(5, 9), -1),
                        new PageClaims(10, -1, -1, deprecated(7, 30), -1)));
        BelievedClaims believed = ClaimsCheck.check(OPTIONAL, TRUST, withHeaders);
        assertThat(problem(believed, "statistics")).contains("page header");
    }

    @Test
    void aDecimalsBoundsHaveNoMoreDigitsThanItsPrecision() {
        Leaf decimal = new Leaf(0, List.of("x"), PhysicalType.INT32, 0, 0, 1, SortOrder.INT32_SIGNED, 6);
        int bits = Float.floatToIntBits(12_345);
        assertThat(problem(check(decimal, TRUST, statistics(5, bits, bits), null, null, -1, -1), "statistics"))
                .contains("precision");
        assertThat(check(decimal, TRUST, statistics(5, -999_999, 999_999), null, null, -1, -1)
                        .contradictions())
                .isEmpty();
    }

    @Test
    void polarsNullCountsOfSeveralPagesAreLeftOut() {
        Statistics stated = statistics(10, 5, 30);
        BelievedClaims believed = check(OPTIONAL, WriterTrust.of("Polars"), stated, null, null, -1, -1);
        assertThat(believed.contradictions()).isEmpty();
        assertThat(believed.statistics()).isEqualTo(stated.withNullCount(-1));
    }

    @Test
    void histogramsMustAddUpAndTellOfTheSameNulls() {
        for (long[] levels : new long[][] {{5, 14}, {20}, {-1, 21}, {6, 14}}) {
            SizeStatistics sizes = new SizeStatistics(7, new long[0], levels);
            assertThat(check(OPTIONAL, TRUST, STATISTICS, sizes, null, -1, -1).sizes())
                    .as(Arrays.toString(levels))
                    .isNull();
        }
        SizeStatistics otherRows = new SizeStatistics(-1, new long[] {19}, new long[0]);
        assertThat(check(OPTIONAL, TRUST, STATISTICS, otherRows, null, -1, -1).sizes())
                .isNull();
    }

    private static String problem(BelievedClaims believed, String struct) {
        return believed.contradictions().stream()
                .filter(contradiction -> contradiction.struct().equals(struct))
                .map(Contradiction::problem)
                .findFirst()
                .orElseThrow();
    }

    /** Nulls that were counted in the two pages, −1 for none. */
    private static BelievedClaims check(
            Leaf leaf,
            WriterTrust trust,
            @Nullable Statistics statistics,
            @Nullable SizeStatistics sizes,
            @Nullable ColumnIndex index,
            int countedFirst,
            int countedSecond) {
        return ClaimsCheck.check(
                leaf,
                trust,
                new ChunkClaims(
                        20,
                        20,
                        statistics,
                        sizes,
                        index,
                        null,
                        List.of(
                                new PageClaims(10, -1, -1, null, countedFirst),
                                new PageClaims(10, -1, -1, null, countedSecond))));
    }

    private static Statistics statistics(long nulls, int min, int max) {
        return new Statistics(null, null, nulls, -1, number(max), number(min), null, null, -1);
    }

    private static Statistics deprecated(int min, int max) {
        return new Statistics(number(max), number(min), -1, -1, null, null, null, null, -1);
    }

    private static ColumnIndex index(boolean[] nullPages, long[] nulls, int[][] bounds) {
        byte[][] min = new byte[2][];
        byte[][] max = new byte[2][];
        for (int page = 0; page < 2; page++) {
            min[page] = nullPages[page] ? new byte[0] : number(bounds[page][0]);
            max[page] = nullPages[page] ? new byte[0] : number(bounds[page][1]);
        }
        return new ColumnIndex(
                nullPages, min, max, BoundaryOrder.UNORDERED, nulls, new long[0], new long[0], new long[0]);
    }

    private static byte[] number(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }
}
