package io.glulam.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MutationListTest {
    private static List<Mutation> parse(String text) {
        return MutationList.parse("list.txt", text.lines().toList());
    }

    @Test
    void aMutationHasATitleAClassCodeAndTests() {
        List<Mutation> mutations = parse("""
                # A comment.

                mutation: rows are not counted
                class: core/Counter
                - if (rows != expected) {
                -     throw failure;
                + if (false) {
                test: CounterTest, OtherTest#oneMethod

                mutation: the sum is lost
                class: Sum
                - total += part;
                test: SumTest
                """);

        assertThat(mutations)
                .containsExactly(
                        new Mutation(
                                "rows are not counted",
                                "core/Counter",
                                " if (rows != expected) {\n     throw failure;\n",
                                " if (false) {\n",
                                List.of("CounterTest", "OtherTest#oneMethod"),
                                "list.txt:3"),
                        new Mutation(
                                "the sum is lost", "Sum", " total += part;\n", "", List.of("SumTest"), "list.txt:10"));
    }

    @Test
    void whatIsIncompleteIsNamedByItsLine() {
        assertThatThrownBy(() -> parse("mutation: a\nclass: B\n- c\n"))
                .isInstanceOf(InvalidList.class)
                .hasMessageStartingWith("list.txt:1");
        assertThatThrownBy(() -> parse("mutation: a\nclass: B\ntest: C\n")).isInstanceOf(InvalidList.class);
        assertThatThrownBy(() -> parse("mutation:\n")).isInstanceOf(InvalidList.class);
        assertThatThrownBy(() -> parse("- c\n")).isInstanceOf(InvalidList.class);
        assertThatThrownBy(() -> parse("mutation: a\nsomething\n"))
                .isInstanceOf(InvalidList.class)
                .hasMessageStartingWith("list.txt:2");
    }
}
