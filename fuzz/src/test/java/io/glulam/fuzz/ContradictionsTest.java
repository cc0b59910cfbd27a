package io.glulam.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.mutate.ContradictoryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of contradiction once, with any options: a file states two numbers for the same thing. Glulam refuses it, or
 * keeps its rows, and every reader finds by filters at least what it found in the source. {@code docs/refusals.md} lists
 * what Glulam refuses although others read it.
 */
@Tag("once")
class ContradictionsTest {
    private static final Pattern MESSAGE = Pattern.compile("^\\| `([^`]+)` \\| [34] \\|", Pattern.MULTILINE);

    /** A chunk that claims a value too many: the judge read that value from the next chunk's page, which may be another one. */
    private static final List<Long> ONCE_MISJUDGED = List.of(26120313L);

    private static List<Pattern> listed = List.of();

    @BeforeAll
    static void readList() throws IOException {
        listed = MESSAGE.matcher(Files.readString(Path.of("../docs/refusals.md")))
                .results()
                .map(row -> Pattern.compile(Arrays.stream(row.group(1).split("…"))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"))))
                .toList();
    }

    static LongStream everyKind() {
        return LongStream.concat(
                Seeds.all(ContradictoryFile.KINDS), ONCE_MISJUDGED.stream().mapToLong(Long::longValue));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void noRowIsLostOrMoved(long seed) {
        Map<String, Integer> refusals = new TreeMap<>();
        String finding = Contradictions.finding(seed, refusals);
        // The first line of a failure is all that some logs show.
        assertThat(finding)
                .as("fuzz/contradictions 1 --seed %d: %s", seed, finding)
                .isNull();
        assertThat(refusals.keySet())
                .as("refused though others read it, seed %d: %s", seed, refusals)
                .allMatch(message -> listed.stream()
                        .anyMatch(pattern -> pattern.matcher(message).find()));
    }
}
