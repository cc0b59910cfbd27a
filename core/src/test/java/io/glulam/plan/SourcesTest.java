package io.glulam.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private static final Sources SOME = Sources.of(0, 1, 2, 5, 7, 8);

    @Test
    void adjacentRowGroupsAreOneRange() {
        assertThat(SOME).hasToString("[0-2, 5, 7-8]");
        assertThat(SOME.ranges()).isEqualTo(3);
        assertThat(SOME.size()).isEqualTo(6);
        assertThat(SOME.first()).isZero();
        assertThat(SOME.last()).isEqualTo(8);
        assertThat(Sources.NONE).hasToString("[]");
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
        Sources sources =
                new Sources.Builder().addRange(0, 2).add(5).addRange(7, 8).build();
        assertThat(sources).isEqualTo(SOME).hasSameHashCodeAs(SOME);
        assertThat(Sources.of()).isEqualTo(Sources.NONE).isNotEqualTo(SOME);
    }

    @Test
    void rowGroupsAscend() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sources.of(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Sources.of(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Sources.range(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Sources.of(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Sources.range(0, Integer.MAX_VALUE));
    }
}
