package io.glulam.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowGroupsTest {
    private static final RowGroups SOME = RowGroups.of(0, 1, 2, 5, 7, 8);

    @Test
    void adjacentRowGroupsAreOneRange() {
        assertThat(SOME).hasToString("[0-2, 5, 7-8]");
        assertThat(SOME.ranges()).isEqualTo(3);
        assertThat(SOME.size()).isEqualTo(6);
        assertThat(SOME.first()).isZero();
        assertThat(SOME.last()).isEqualTo(8);
        assertThat(RowGroups.NONE).hasToString("[]");
    }

    @Test
    void everyWayToVisitThemGivesTheSame() {
        List<Integer> visited = new ArrayList<>();
        SOME.forEach(visited::add);
        assertThat(visited).containsExactly(0, 1, 2, 5, 7, 8);
        assertThat(SOME.toArray()).containsExactly(0, 1, 2, 5, 7, 8);
        assertThat(SOME.stream()).containsExactly(0, 1, 2, 5, 7, 8);
    }

    @Test
    void equalRowGroupsAreEqualHoweverTheyWereCollected() {
        RowGroups sources =
                new RowGroups.Builder().addRange(0, 2).add(5).addRange(7, 8).build();
        assertThat(sources).isEqualTo(SOME).hasSameHashCodeAs(SOME);
        assertThat(RowGroups.of()).isEqualTo(RowGroups.NONE).isNotEqualTo(SOME);
    }

    @Test
    void rowGroupsAscend() {
        assertThatIllegalArgumentException().isThrownBy(() -> RowGroups.of(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> RowGroups.of(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> RowGroups.range(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> RowGroups.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> RowGroups.range(0, Integer.MAX_VALUE));
    }
}
