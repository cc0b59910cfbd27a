package io.glulam.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    void digitsAreOrderedByTheNumberThatTheyMake() {
        List<String> ordered = List.of(
                "part",
                "part-01",
                "part-1",
                "part-2",
                "part-9.parquet",
                "part-10.parquet",
                "part-99999999999999999999",
                "part-100000000000000000000",
                "parts");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(1));

        shuffled.sort(NaturalOrder.INSTANCE);

        assertThat(shuffled).containsExactlyElementsOf(ordered);
    }

    @Test
    void onlyEqualNamesAreEqual() {
        assertThat(NaturalOrder.INSTANCE.compare("a01", "a1")).isNotZero();
        assertThat(NaturalOrder.INSTANCE.compare("a1", "a1")).isZero();
    }
}
