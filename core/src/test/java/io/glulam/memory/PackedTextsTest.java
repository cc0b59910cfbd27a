package io.glulam.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackedTextsTest {
    static LongStream seeds() {
        return Seeds.stream(10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyTextComesBackAsItWas(long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            texts.add(
                    switch (random.nextInt(6)) {
                        case 0 -> "";
                        case 1 -> "/data/événements/part-" + i;
                        case 2 -> "/daten/größe \u20ac \ud83d\ude00 " + i;
                        case 3 -> "lone \ud83d surrogate " + i;
                        case 4 -> "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 200_000 : 50));
                        default -> "/data/events/dt=2026-11-" + i % 28 + "/part-" + i + ".parquet";
                    });
        }

        PackedTexts packed = new PackedTexts();
        texts.forEach(packed::add);

        assertThat(packed.size()).isEqualTo(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            assertThat(packed.get(i)).isEqualTo(texts.get(i));
        }
    }

    @Test
    void whatWasNotAddedIsNotThere() {
        PackedTexts packed = new PackedTexts();
        packed.add("one");
        assertThatThrownBy(() -> packed.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> packed.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
