package io.glulam.join;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which input a row group of a joined file comes from, and whether it still stands after the same bytes. */
@Tag("once")
class JoinedRowGroupsTest {
    /** Inputs of two, no, three and one row group, of which the last one is cut. */
    private static JoinedRowGroups rowGroups(boolean beginsWithObject) {
        JoinedRowGroups rowGroups = new JoinedRowGroups(4, beginsWithObject);
        rowGroups.add(0, 2, false);
        rowGroups.add(1, 2, false);
        rowGroups.add(2, 5, false);
        rowGroups.add(3, 6, true);
        return rowGroups;
    }

    @Test
    void eachRowGroupIsOfOneInput() {
        JoinedRowGroups rowGroups = rowGroups(true);

        assertThat(rowGroups.count()).isEqualTo(6);
        int[] inputs = {0, 0, 2, 2, 2, 3};
        for (int rowGroup = 0; rowGroup < 6; rowGroup++) {
            assertThat(rowGroups.inputOf(rowGroup)).isEqualTo(inputs[rowGroup]);
        }
        assertThat(rowGroups.first(2)).isEqualTo(2);
        assertThat(rowGroups.first(3)).isEqualTo(5);
    }

    @Test
    void theFirstRowGroupOfALaterInputFollowsAnotherObject() {
        JoinedRowGroups rowGroups = rowGroups(true);

        assertThat(rowGroups.followsOtherObject(0)).isFalse();
        assertThat(rowGroups.followsOtherObject(1)).isFalse();
        assertThat(rowGroups.followsOtherObject(2)).isTrue();
        assertThat(rowGroups.followsOtherObject(3)).isFalse();
    }

    @Test
    void soDoesTheFirstOneOfASliceThatDoesNotBeginItsFile() {
        assertThat(rowGroups(false).followsOtherObject(0)).isTrue();
    }

    @Test
    void soDoesEveryRowGroupWhoseChunksWereMadeAnew() {
        JoinedRowGroups rowGroups = new JoinedRowGroups(1, true);
        rowGroups.add(0, 3, true);

        assertThat(rowGroups.followsOtherObject(0)).isTrue();
        assertThat(rowGroups.followsOtherObject(2)).isTrue();
    }
}
