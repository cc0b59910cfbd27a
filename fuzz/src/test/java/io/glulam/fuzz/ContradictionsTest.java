package io.glulam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.mutate.ContradictoryFile;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A number that is told twice, differently, ends in a refusal or in the same rows, of which every reader finds by filters at
 * least what it found in the source: each kind of contradiction once, with any options.
 */
@Tag("once")
class ContradictionsTest {
    static LongStream everyKind() {
        return Seeds.stream(ContradictoryFile.KINDS);
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void noRowIsLostOrMoved(long seed) {
        assertThat(Contradictions.finding(seed, new TreeMap<>()))
                .as("fuzz/contradictions 1 --seed %d", seed)
                .isNull();
    }
}
