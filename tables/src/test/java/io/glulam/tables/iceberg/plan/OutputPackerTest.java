package io.glulam.tables.iceberg.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.generate.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutputPackerTest {
    /** Sizes of files, of which those with an {@code f} have small row groups. */
    private static List<TableFile> files(String sizes) {
        List<TableFile> files = new ArrayList<>();
        for (String size : sizes.isEmpty() ? new String[0] : sizes.split(" ")) {
            files.add(file(Long.parseLong(size.replace("f", "")), size.endsWith("f")));
        }
        return files;
    }

    private static TableFile file(long size, boolean fragmented) {
        return new TableFile(
                DataFiles.builder(PartitionSpec.unpartitioned())
                        .withPath("/f")
                        .withFormat(FileFormat.PARQUET)
                        .withFileSizeInBytes(size)
                        .withRecordCount(1)
                        .build(),
                fragmented,
                List.of(),
                null);
    }

    private static String text(List<List<TableFile>> parts) {
        return parts.stream().map(OutputPackerTest::sizes).toList().toString();
    }

    private static List<Long> sizes(List<TableFile> files) {
        return files.stream().map(TableFile::bytes).toList();
    }

    private static OutputPacker packer(Map<String, String> more) {
        Map<String, String> options = new HashMap<>(Map.of("target-file-size-bytes", "100", "min-input-files", "3"));
        options.putAll(more);
        return new OutputPacker(RewriteOptions.of(options, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', [], []",
        // One file, and two that are neither enough nor large enough.
        "'10', [], [10]",
        "'10f', [[10]], []",
        "'10 20', [], '[10, 20]'",
        "'10f 20', [[10]], [20]",
        "'50 50', [], '[50, 50]'",
        // More bytes than an output has, or enough files.
        "'50 51', [], '[50, 51]'",
        "'50 51f', [[51]], [50]",
        "'1 1 1', '[[1, 1, 1]]', []",
        "'40 40 40', '[[40, 40]]', [40]",
        "'40 40 40f', '[[40, 40], [40]]', []",
        "'60 60 40', '[[60, 40]]', [60]",
        "'100 1 1', '[[1, 1]]', [100]",
        "'101 101 101', [], '[101, 101, 101]'",
    })
    void filesThatFitShareAnOutput(String sizes, String outputs, String alone) {
        List<TableFile> left = new ArrayList<>();
        assertThat(text(packer(Map.of()).outputs(files(sizes), left))).isEqualTo(outputs);
        assertThat(sizes(left)).hasToString(alone);
    }

    @Test
    void everythingIsWrittenAnewIfThatIsWanted() {
        OutputPacker packer = packer(Map.of("rewrite-all", "true"));
        List<TableFile> left = new ArrayList<>();
        assertThat(text(packer.outputs(files("10"), left))).isEqualTo("[[10]]");
        assertThat(text(packer.outputs(files("150 10 95"), left))).isEqualTo("[[150], [10], [95]]");
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', []",
        "'10', [[10]]",
        "'500 1', '[[500], [1]]'",
        "'100 100 100', '[[100, 100], [100]]'",
        "'1 1 1 1 1', '[[1, 1, 1, 1], [1]]'",
        "'0 250 0', '[[0, 250, 0]]'",
    })
    void groupsHaveAtMostSoManyBytesAndFiles(String sizes, String groups) {
        OutputPacker packer = packer(Map.of("max-file-group-size-bytes", "250", "max-file-group-input-files", "4"));
        assertThat(text(packer.groups(files(sizes)))).isEqualTo(groups);
    }

    static LongStream seeds() {
        return Seeds.stream(40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noFileIsLostAndTwoOutputsThatFollowDoNotFitOne(long seed) {
        Random random = new Random(seed);
        long target = 10 + random.nextInt(300);
        OutputPacker packer = packer(Map.of("target-file-size-bytes", Long.toString(target), "rewrite-all", "true"));
        List<TableFile> files = new ArrayList<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            files.add(file(1 + random.nextInt(200), random.nextInt(4) == 0));
        }

        List<List<TableFile>> outputs = packer.outputs(files, new ArrayList<>());

        List<TableFile> all = new ArrayList<>();
        outputs.forEach(all::addAll);
        assertThat(all).as("seed %d", seed).isEqualTo(files);
        long before = target;
        for (List<TableFile> output : outputs) {
            long bytes = output.stream().mapToLong(TableFile::bytes).sum();
            assertThat(bytes <= target || output.size() == 1)
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(before + bytes).as("seed %d", seed).isGreaterThan(target);
            before = bytes;
        }
    }
}
