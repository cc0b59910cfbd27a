package io.glulam.policy;

import static io.glulam.policy.SimulatedFooter.ofMegabytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.plan.GroupLayout;
import io.glulam.plan.Layout;
import io.glulam.plan.Order;
import io.glulam.plan.Reason;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LayoutPolicyTest {
    private static final Settings PRESERVE = Settings.defaults();
    private static final Settings HEALTHY_FIRST = PRESERVE.withOrder(Order.HEALTHY_FIRST);

    @Test
    void theReferenceExampleKeepsItsOrder() {
        assertThat(picture(ofMegabytes(1.5, 1.2, 5.0, 0.8), PRESERVE)).containsExactly("[0-1] 2.7", "[2-3] 5.8");
    }

    @Test
    void theReferenceExamplePutsTheHealthyRowGroupFirst() {
        assertThat(picture(ofMegabytes(1.5, 1.2, 5.0, 0.8), HEALTHY_FIRST))
                .containsExactly("[2] 5.0 HEALTHY", "[0-1, 3] 3.5");
    }

    @Test
    void noRowGroupsAreNothingToDo() {
        assertThat(layout(ofMegabytes(), PRESERVE).isEmpty()).isTrue();
        assertThat(layout(ofMegabytes(), HEALTHY_FIRST).isEmpty()).isTrue();
    }

    @Test
    void oneRowGroupIsNothingToDoHoweverSmall() {
        assertThat(picture(ofMegabytes(0.1), PRESERVE)).containsExactly("[0] 0.1 NOTHING_TO_MERGE_WITH");
        assertThat(picture(ofMegabytes(0.1), HEALTHY_FIRST)).containsExactly("[0] 0.1 NOTHING_TO_MERGE_WITH");
    }

    @Test
    void healthyRowGroupsAreNothingToDo() {
        SimulatedFooter footer = ofMegabytes(2.2, 100, 7);
        assertThat(layout(footer, PRESERVE).isEmpty()).isTrue();
        assertThat(layout(footer, HEALTHY_FIRST).isEmpty()).isTrue();
        assertThat(layout(footer, PRESERVE).groups()).allMatch(group -> group.keptFor() == Reason.HEALTHY);
    }

    @Test
    void onlyRowGroupsWithoutRowsAreNothingToDo() {
        SimulatedFooter footer = new SimulatedFooter(new long[3], new long[3]);
        Layout layout = layout(footer, PRESERVE);
        assertThat(layout.isEmpty()).isTrue();
        assertThat(layout.groups()).hasSize(3).allMatch(group -> group.keptFor() == Reason.NO_ROWS);
    }

    @Test
    void rowGroupsWithoutRowsAreDroppedAndThatIsAGain() {
        SimulatedFooter footer = ofMegabytes(5, 0, 6);
        for (Settings settings : List.of(PRESERVE, HEALTHY_FIRST)) {
            Layout layout = layout(footer, settings);
            assertThat(layout.isEmpty()).isFalse();
            assertThat(layout.dropped()).hasToString("[1]");
            assertThat(picture(footer, settings)).containsExactly("[0] 5.0 HEALTHY", "[2] 6.0 HEALTHY");
        }
    }

    @Test
    void rowGroupsWithoutRowsDoNotBreakARun() {
        assertThat(picture(ofMegabytes(1, 0, 1, 0), PRESERVE)).containsExactly("[0, 2] 2.0");
    }

    @Test
    void aRunBeyondTheTargetIsSharedOutEvenly() {
        SimulatedFooter footer =
                ofMegabytes(IntStream.range(0, 90).mapToDouble(i -> 1.5).toArray());
        assertThat(picture(footer, PRESERVE)).containsExactly("[0-44] 67.5", "[45-89] 67.5");
    }

    @Test
    void aRunOfManyRowsIsSharedOutEvenlyByRows() {
        SimulatedFooter footer = new SimulatedFooter(filled(12, 100_000), filled(12, 1000));
        assertThat(layout(footer, PRESERVE).groups())
                .extracting(GroupLayout::rows)
                .containsExactly(600_000L, 600_000L);
    }

    @Test
    void aRunThatStaysAsManyRowGroupsIsKept() {
        SimulatedFooter footer = new SimulatedFooter(filled(3, 700_000), filled(3, 1000));
        for (Settings settings : List.of(PRESERVE, HEALTHY_FIRST)) {
            assertThat(layout(footer, settings).isEmpty()).isTrue();
            assertThat(layout(footer, settings).groups()).allMatch(group -> group.keptFor() == Reason.LIMITS_REACHED);
        }
    }

    @Test
    void anIsolatedSmallFragmentJoinsTheSmallerNeighbour() {
        assertThat(picture(ofMegabytes(6, 0.8, 5), PRESERVE)).containsExactly("[0] 6.0 HEALTHY", "[1-2] 5.8");
        assertThat(picture(ofMegabytes(5, 0.8, 6), PRESERVE)).containsExactly("[0-1] 5.8", "[2] 6.0 HEALTHY");
    }

    @Test
    void anIsolatedFragmentOfHalfTheThresholdStays() {
        assertThat(picture(ofMegabytes(6, 1.1, 5), PRESERVE))
                .containsExactly("[0] 6.0 HEALTHY", "[1] 1.1 NOT_WORTH_THE_BYTES", "[2] 5.0 HEALTHY");
    }

    @Test
    void aFragmentIsNotWorthRewritingAHugeNeighbour() {
        assertThat(picture(ofMegabytes(60, 0.8, 50), PRESERVE))
                .containsExactly("[0] 60.0 HEALTHY", "[1] 0.8 NOT_WORTH_THE_BYTES", "[2] 50.0 HEALTHY");
    }

    @Test
    void twoFragmentsMayJoinTheSameNeighbour() {
        assertThat(picture(ofMegabytes(9, 0.8, 5, 0.4, 9), PRESERVE))
                .containsExactly("[0] 9.0 HEALTHY", "[1-3] 6.2", "[4] 9.0 HEALTHY");
    }

    @Test
    void aSmallRunJoinsANeighbourAsAWhole() {
        assertThat(picture(ofMegabytes(9, 0.3, 0.4, 5), PRESERVE)).containsExactly("[0] 9.0 HEALTHY", "[1-3] 5.7");
    }

    @Test
    void aFragmentJoinsTheNeighbourThatMovesAnyway() {
        assertThat(picture(ofMegabytes(0.5, 6, 0.5, 5), PRESERVE)).containsExactly("[0-2] 7.0", "[3] 5.0 HEALTHY");
    }

    @Test
    void whatMayBecomeAFragmentBesideAnotherIsMergedWithIt() {
        assertThat(picture(ofMegabytes(0.5, 2.2, 1.2), PRESERVE)).containsExactly("[0-2] 3.9");
    }

    @Test
    void aRowGroupThatMustBeKeptIsNobodysNeighbour() {
        SimulatedFooter footer = ofMegabytes(0.5, 0.5, 0.5, 0.5, 0.5);
        RowGroupSizes fixed = new RowGroupSizes() {
            @Override
            public int count() {
                return footer.count();
            }

            @Override
            public long rows(int rowGroup) {
                return footer.rows(rowGroup);
            }

            @Override
            public long compressedSize(int rowGroup) {
                return footer.compressedSize(rowGroup);
            }

            @Override
            public @Nullable Reason mustKeep(int rowGroup) {
                return rowGroup == 3 ? Reason.UNKNOWN_PAGE_TYPE : null;
            }
        };
        assertThat(picture(fixed, PRESERVE))
                .containsExactly("[0-2] 1.5", "[3] 0.5 UNKNOWN_PAGE_TYPE", "[4] 0.5 NOTHING_TO_MERGE_WITH");
        assertThat(picture(fixed, HEALTHY_FIRST)).containsExactly("[3] 0.5 UNKNOWN_PAGE_TYPE", "[0-2, 4] 2.0");
    }

    @Test
    void mergesThatTurnOutImpossibleLeaveTheirSources() {
        SimulatedFooter footer = ofMegabytes(1, 1, 5, 1, 0, 1);
        Layout layout = LayoutPolicy.withoutMerges(
                layout(footer, PRESERVE),
                footer,
                group -> group.sources().first() == 0 ? Reason.UNKNOWN_ENCODING : null);
        assertThat(picture(layout))
                .containsExactly(
                        "[0] 1.0 UNKNOWN_ENCODING", "[1] 1.0 UNKNOWN_ENCODING", "[2] 5.0 HEALTHY", "[3, 5] 2.0");
    }

    @Test
    void withoutAnyMergeTheHealthyDoNotMoveAhead() {
        SimulatedFooter footer = ofMegabytes(1, 1, 5);
        Layout layout =
                LayoutPolicy.withoutMerges(layout(footer, HEALTHY_FIRST), footer, group -> Reason.UNKNOWN_ENCODING);
        assertThat(layout.isEmpty()).isTrue();
        assertThat(picture(layout))
                .containsExactly("[0] 1.0 UNKNOWN_ENCODING", "[1] 1.0 UNKNOWN_ENCODING", "[2] 5.0 HEALTHY");
    }

    @Test
    void theThresholdIsTheSettingsOwn() {
        Settings settings = PRESERVE.withThreshold(new Threshold.Fixed(10_000));
        assertThat(layout(ofMegabytes(0.1, 0.1), settings).isEmpty()).isTrue();
        assertThat(picture(ofMegabytes(0.009, 0.009), settings)).hasSize(1);
    }

    @Test
    void claimsOfAbsurdSizesDoNotOverflow() {
        SimulatedFooter footer = new SimulatedFooter(filled(4, Long.MAX_VALUE), filled(4, Long.MAX_VALUE));
        assertThat(layout(footer, PRESERVE).isEmpty()).isTrue();
        SimulatedFooter rowsOnly = new SimulatedFooter(filled(4, Long.MAX_VALUE), filled(4, 1));
        Settings unlimited = PRESERVE.withMaxRows(Long.MAX_VALUE).withTargetBytes(Long.MAX_VALUE);
        assertThat(layout(rowsOnly, PRESERVE).isEmpty()).isTrue();
        assertThat(layout(rowsOnly, unlimited).isEmpty()).isTrue();
        assertThat(layout(rowsOnly, unlimited.withOrder(Order.HEALTHY_FIRST)).isEmpty())
                .isTrue();
    }

    private static long[] filled(int count, long value) {
        return IntStream.range(0, count).mapToLong(i -> value).toArray();
    }

    private static Layout layout(SimulatedFooter footer, Settings settings) {
        return LayoutPolicy.layout(footer, settings, 1);
    }

    private static List<String> picture(RowGroupSizes footer, Settings settings) {
        return picture(LayoutPolicy.layout(footer, settings, 1));
    }

    /** Each output row group as its sources, megabytes and, where it is kept, the reason. */
    private static List<String> picture(Layout layout) {
        return layout.groups().stream()
                .map(group -> String.format(Locale.ROOT, "%s %.1f", group.sources(), group.sourceBytes() / 1e6)
                        + (group.keptFor() == null ? "" : " " + group.keptFor()))
                .toList();
    }
}
