package io.glulam.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A table of inputs is a map in the order of first additions, and small. */
class InputTableTest {
    private static final int INPUTS = 100_000;
    private static final String HEAP = "-Xmx32m";

    private static RecordedInput input(int number, int rowGroups) {
        return new RecordedInput(
                "/data/lake/events/dt=2026-11-28/part-%05d-4f3c.parquet".formatted(number),
                51_234 + number,
                "(ino=%d):51234:1795925806338000000".formatted(7_000_000 + number),
                rowGroups,
                true,
                0,
                List.of("part-%05d.parquet".formatted(number / 1000)));
    }

    @Test
    void aTableIsTheMapThatItStandsFor() {
        Random random = new Random(Seeds.base());
        Map<String, RecordedInput> expected = new LinkedHashMap<>();
        InputTable table = InputTable.EMPTY;
        for (int round = 0; round < 200; round++) {
            List<RecordedInput> more = new ArrayList<>();
            for (int i = 0; i < random.nextInt(20); i++) {
                RecordedInput input = new RecordedInput(
                        random.nextInt(3) + "/\u00e9\ud83d\ude42\ud800" + random.nextInt(900),
                        random.nextLong(),
                        "v" + random.nextInt(),
                        random.nextInt(),
                        random.nextBoolean(),
                        random.nextInt(3),
                        random.nextBoolean() ? List.of() : List.of("a", "b" + random.nextInt(9)));
                more.add(input);
                expected.put(input.name(), input);
            }
            InputTable before = table;
            int size = before.size();
            table = table.plus(more);
            assertThat(before).hasSize(size);
        }

        assertThat(table).containsExactlyEntriesOf(expected);
        assertThat(new ArrayList<>(table.values())).isEqualTo(new ArrayList<>(expected.values()));
        assertThat(table).doesNotContainKey("none").doesNotContainKey("");
        assertThat(table.get("none")).isNull();
        List<String> some =
                expected.keySet().stream().limit(expected.size() / 2).toList();
        InputTable rest = table.without(some);
        some.forEach(expected::remove);
        assertThat(rest).containsExactlyEntriesOf(expected);
        assertThat(rest.mapped(input -> input.keptUnder(5)).values()).allMatch(input -> input.kept() == 5);
    }

    @Test
    void ofTwoRecordsWithOneNameTheLaterOneCounts() {
        InputTable table = InputTable.EMPTY.plus(List.of(input(1, 1), input(2, 1), input(1, 3)));

        assertThat(table)
                .containsExactly(
                        entry(input(1, 3).name(), input(1, 3)),
                        entry(input(2, 1).name(), input(2, 1)));
    }

    /** As objects in a map, these inputs take more than this heap. */
    @Test
    void aHundredThousandInputsFitALittleHeap() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Filling.class.getName())
                .inheritIO()
                .start();

        assertThat(process.waitFor()).isZero();
    }

    /** Fills a table, twice as one run does that reads a manifest and adds an output. */
    static final class Filling {
        private Filling() {}

        public static void main(String[] arguments) {
            InputTable.Builder builder = new InputTable.Builder();
            for (int i = 0; i < INPUTS - 1000; i++) {
                builder.put(input(i, 1));
            }
            InputTable saved = builder.build();
            List<RecordedInput> more = new ArrayList<>();
            for (int i = INPUTS - 1000; i < INPUTS; i++) {
                more.add(input(i, 1));
            }
            InputTable manifest = saved.plus(more);
            boolean sound = saved.size() == INPUTS - 1000
                    && manifest.size() == INPUTS
                    && input(INPUTS / 2, 1)
                            .equals(manifest.get(input(INPUTS / 2, 1).name()));
            System.exit(sound ? 0 : 1);
        }
    }
}
