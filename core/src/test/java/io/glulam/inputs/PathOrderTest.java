package io.glulam.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class PathOrderTest {
    @Test
    void theFilesOfAFolderComeBeforeItsSubfolders() {
        List<String> ordered = List.of(
                "a", "b", "z", "a/1", "a/2", "a/10", "a/a/1", "b/1", "b-/1", "dt=1/x", "dt=2/a", "dt=2/x", "dt=10/a");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(1));

        shuffled.sort(PathOrder.INSTANCE);

        assertThat(shuffled).containsExactlyElementsOf(ordered);
    }

    @Test
    void onlyEqualPathsAreEqual() {
        assertThat(PathOrder.INSTANCE.compare("a/b", "a/b")).isZero();
        assertThat(PathOrder.INSTANCE.compare("a1/b", "a01/b")).isNotZero();
        assertThat(PathOrder.INSTANCE.compare("a/", "a")).isPositive();
    }
}
