package io.glulam.tables.delta.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectRef;
import io.glulam.tables.delta.files.DataFile;
import io.glulam.testkit.generate.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FilePackingTest {
    private static final ObjectRef OBJECT = LocalStore.object(Path.of("target", "none"));

    private static List<DataFile> files(long... sizes) {
        return IntStream.range(0, sizes.length)
                .mapToObj(i -> new DataFile(Integer.toString(i), OBJECT, sizes[i], -1, 0, null, null, null, List.of()))
                .toList();
    }

    private static List<List<Long>> sizes(List<List<DataFile>> outputs) {
        return outputs.stream()
                .map(output -> output.stream().map(DataFile::size).toList())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '[]'",
        "'100', '[[100]]'",
        "'101', '[[101]]'",
        "'50 50', '[[50, 50]]'",
        "'50 51', '[[50], [51]]'",
        "'0 0 100 0', '[[0, 0, 100, 0]]'",
        // An output with room left takes files that come after a file which did not fit.
        "'60 70 40 30', '[[60], [70], [40, 30]]'",
        "'40 70 40 20', '[[40, 40, 20], [70]]'",
        "'30 90 30 30', '[[30, 30, 30], [90]]'",
    })
    void neighborsShareAnOutputAsLongAsTheTargetAllows(String sizes, String outputs) {
        long[] all = sizes.isEmpty()
                ? new long[0]
                : Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray();
        assertThat(sizes(FilePacking.pack(files(all), 100))).hasToString(outputs);
    }

    static LongStream seeds() {
        return Seeds.stream(50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noTwoOutputsFitOneAndASecondPackingChangesNothing(long seed) {
        Random random = new Random(seed);
        long target = 1 + random.nextInt(1000);
        long[] sizes = random.longs(random.nextInt(60), 0, 1 + target * 3 / 2).toArray();
        List<DataFile> files = files(sizes);

        List<List<DataFile>> outputs = FilePacking.pack(files, target);

        assertThat(outputs.stream().flatMap(List::stream))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(files);
        List<Long> bytes = new ArrayList<>();
        for (List<DataFile> output : outputs) {
            assertThat(output)
                    .as("seed %d", seed)
                    .isSortedAccordingTo(Comparator.comparing(file -> Integer.parseInt(file.path())));
            bytes.add(output.stream().mapToLong(DataFile::size).sum());
            assertThat(bytes.get(bytes.size() - 1) <= target || output.size() == 1)
                    .as("seed %d", seed)
                    .isTrue();
        }
        for (int i = 0; i < bytes.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(bytes.get(i) + bytes.get(j)).as("seed %d", seed).isGreaterThan(target);
            }
        }
        long[] merged = bytes.stream().mapToLong(Long::longValue).toArray();
        assertThat(FilePacking.pack(files(merged), target)).as("seed %d", seed).allMatch(output -> output.size() == 1);
    }

    @Test
    void filesCountByTheRowsThatAreLeft() {
        DataFile whole = new DataFile("a", OBJECT, 100, 10, 0, null, null, null, List.of());
        assertThat(whole.liveRows()).isEqualTo(10);
        assertThat(whole.liveBytes()).isEqualTo(100);
        DataFile untold = new DataFile("a", OBJECT, 100, -1, 0, null, null, null, List.of());
        assertThat(untold.liveRows()).isEqualTo(-1);
        assertThat(untold.liveBytes()).isEqualTo(100);
    }
}
