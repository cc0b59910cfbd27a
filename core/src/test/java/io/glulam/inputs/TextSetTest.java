package io.glulam.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class TextSetTest {
    private final List<String> added = new ArrayList<>();
    private final TextSet set = new TextSet(added::get);

    private boolean add(String text) {
        boolean isNew = set.add(text);
        if (isNew) {
            added.add(text);
        }
        return isNew;
    }

    @Test
    void aTextIsAddedOnce() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(add("text " + i)).isTrue();
        }
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            assertThat(add("text " + random.nextInt(10_000))).isFalse();
        }
        assertThat(add("text 10000")).isTrue();
    }

    @Test
    void textsOfOneHashAreTwo() {
        assertThat("Aa").hasSameHashCodeAs("BB");

        assertThat(add("Aa")).isTrue();
        assertThat(add("BB")).isTrue();
        assertThat(add("Aa")).isFalse();
        assertThat(add("BB")).isFalse();
        assertThat(add("")).isTrue();
        assertThat(add("")).isFalse();
    }
}
