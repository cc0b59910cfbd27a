package io.glulam.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.adapt.RowSurvey.Fate;
import io.glulam.error.CorruptFile;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a page goes by its rows alone. */
@Tag("once")
class RowSurveyTest {
    private static BitSet rows(int... ranges) {
        BitSet rows = new BitSet();
        for (int i = 0; i < ranges.length; i += 2) {
            rows.set(ranges[i], ranges[i + 1]);
        }
        return rows;
    }

    @Test
    void aPageIsMovedCutOrDropped() {
        RowSurvey survey = new RowSurvey(rows(10, 20, 25, 26), 40);

        assertThat(survey.add(10, true, 4)).isEqualTo(Fate.MOVED);
        assertThat(survey.add(10, true, 4)).isEqualTo(Fate.DROPPED);
        assertThat(survey.add(6, true, 4)).isEqualTo(Fate.CUT);
        assertThat(survey.add(14, true, 4)).isEqualTo(Fate.MOVED);
        survey.requireAll();
        assertThat(survey.fate(1)).isEqualTo(Fate.DROPPED);
        assertThat(survey.rowsBefore(2)).isEqualTo(20);
        assertThat(survey.begun(2)).isEqualTo(6);
    }

    @Test
    void aPageThatBeginsWithinARowHoldsThatRowToo() {
        RowSurvey survey = new RowSurvey(rows(9, 10), 30);

        assertThat(survey.add(10, true, 4)).isEqualTo(Fate.CUT);
        assertThat(survey.add(10, false, 4)).isEqualTo(Fate.CUT);
        assertThat(survey.add(10, false, 4)).isEqualTo(Fate.MOVED);
        assertThat(survey.startsRow(0)).isTrue();
        assertThat(survey.startsRow(1)).isFalse();
    }

    @Test
    void aPageInWhichNoRowBeginsGoesWithItsRow() {
        RowSurvey deleted = new RowSurvey(rows(1, 2), 2);
        deleted.add(2, true, 4);
        assertThat(deleted.add(0, false, 4)).isEqualTo(Fate.DROPPED);

        RowSurvey left = new RowSurvey(rows(0, 1), 2);
        left.add(2, true, 4);
        assertThat(left.add(0, false, 4)).isEqualTo(Fate.MOVED);
    }

    @Test
    void manyPagesAreAsSimpleOnesWouldBe() {
        Random random = new Random(1);
        BitSet deleted = new BitSet();
        for (int i = 0; i < 1_000; i++) {
            deleted.set(i, random.nextInt(3) == 0);
        }
        RowSurvey survey = new RowSurvey(deleted, 1_000);
        for (int row = 0; row < 1_000; ) {
            int begun = Math.min(1_000 - row, 1 + random.nextInt(4));
            int gone = deleted.get(row, row + begun).cardinality();
            assertThat(survey.add(begun, true, 4))
                    .isEqualTo(gone == 0 ? Fate.MOVED : gone == begun ? Fate.DROPPED : Fate.CUT);
            row += begun;
        }
        survey.requireAll();
    }

    @Test
    void otherRowsThanTheRowGroupHasAreRefused() {
        RowSurvey survey = new RowSurvey(rows(), 10);
        assertThatThrownBy(() -> survey.add(5, false, 4)).isInstanceOf(CorruptFile.class);
        survey.add(9, true, 4);
        assertThatThrownBy(survey::requireAll).isInstanceOf(CorruptFile.class).hasMessageContaining("9 rows");
        assertThatThrownBy(() -> survey.add(2, true, 4)).isInstanceOf(CorruptFile.class);
        survey.add(1, true, 4);
        survey.requireAll();
    }

    @Test
    void rowsThatAreLeftKeepTheirPositions() {
        KeptRows rows = new KeptRows(rows(0, 3, 5, 6));

        assertThat(rows.position(0)).isEqualTo(3);
        assertThat(rows.position(1)).isEqualTo(4);
        assertThat(rows.position(2)).isEqualTo(6);
        assertThat(rows.position(100)).isEqualTo(104);
        assertThat(rows.position(1)).isEqualTo(4);
        assertThat(new KeptRows(rows()).position(7)).isEqualTo(7);
    }
}
