package io.glulam.tables.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InTurnTest {
    @Test
    void eachGroupHasItsTurnAsLongAsItHasMore() {
        assertThat(InTurn.of(List.of(List.of("a1", "a2", "a3"), List.of(), List.of("b1"), List.of("c1", "c2"))))
                .containsExactly("a1", "b1", "c1", "a2", "c2", "a3");
        assertThat(InTurn.of(List.of())).isEmpty();
    }
}
