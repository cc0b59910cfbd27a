package io.glulam.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.glulam.plan.OutputGroup.KeptGroup;
import io.glulam.plan.OutputGroup.MergedGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final KeptGroup FIRST = new KeptGroup(0, Reason.HEALTHY, 1, 1);
    private static final KeptGroup SECOND = new KeptGroup(1, Reason.HEALTHY, 1, 1);

    @Test
    void aPlanThatKeepsEverythingIsEmpty() {
        assertThat(Plans.empty().isEmpty()).isTrue();
        assertThat(plan(0, RowGroups.NONE).isEmpty()).isTrue();
    }

    @Test
    void droppingOrMergingIsSomethingToDo() {
        assertThat(plan(2, RowGroups.of(1), FIRST).isEmpty()).isFalse();
        assertThat(Plans.typical().isEmpty()).isFalse();
    }

    @Test
    void totalsSumUpWhatMoves() {
        assertThat(Plans.typical().totals())
                .isEqualTo(new PlanTotals(
                        2,
                        2,
                        53,
                        1_198_480,
                        78_800_000,
                        9_000_000,
                        50_500_000 + 925_000,
                        8_325_000,
                        50_000,
                        10_000_000,
                        50_500_000 + 8_100_000 + 225_000 + 9_500_000 + 40_000 + 9_000_000));
    }

    @Test
    void everySourceIsPlannedOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(2, RowGroups.NONE, FIRST))
                .withMessage("1 row groups are planned, but the source has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(2, RowGroups.NONE, FIRST, FIRST))
                .withMessage("row group 0 is planned twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(2, RowGroups.NONE, SECOND))
                .withMessage("row group 0 is not planned");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(2, RowGroups.of(0), FIRST, SECOND))
                .withMessage("row group 0 is planned twice");
    }

    @Test
    void noRowGroupMovesWithoutAGain() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(2, RowGroups.NONE, SECOND, FIRST))
                .withMessage("row groups change their places though none is merged");
    }

    @Test
    void aMergedRowGroupHasEveryColumn() {
        MergedGroup without = new MergedGroup(RowGroups.range(0, 1), 1, 1, List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(2, RowGroups.NONE, without))
                .withMessage("row groups [0-1] are planned with 0 columns, but the schema has 1");
    }

    @Test
    void aMergedRowGroupHasASource() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MergedGroup(RowGroups.NONE, 1, 1, List.of()))
                .withMessageContaining("needs a source");
    }

    private static Plan plan(int rowGroups, RowGroups dropped, OutputGroup... groups) {
        return new Plan(
                new SourceIdentity("f", 1, "v"),
                Settings.defaults(),
                List.of("a"),
                rowGroups,
                List.of(groups),
                dropped);
    }
}
