package io.glulam.tables.iceberg.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.CompactionOptions;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.tables.RowGroupJudgment;
import io.glulam.tables.iceberg.plan.RowGroupJudge.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts by manifest entries alone; a row group is small below 1,000 bytes. */
class RowGroupJudgeTest {
    private static final long SIZE = 10_000;

    private static RowGroupJudge judge() {
        Settings settings = Settings.defaults().withThreshold(new Threshold.Fixed(1_000));
        CompactionOptions options = CompactionOptions.defaults().withSettings(settings);
        return new RowGroupJudge(
                options,
                path -> {
                    throw new AssertionError("no file is opened: " + path);
                },
                2);
    }

    private static DataFile file(@Nullable List<Long> offsets) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("/f")
                .withFormat(FileFormat.PARQUET)
                .withFileSizeInBytes(SIZE)
                .withRecordCount(100_000)
                .withSplitOffsets(offsets)
                .build();
    }

    private static List<Long> offsets(String text) {
        return text.isEmpty()
                ? List.of()
                : Stream.of(text.split(" ")).map(Long::valueOf).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "4, HEALTHY, 1, 0",
        "4 5000, HEALTHY, 2, 0",
        // A single small one has nothing to be merged with that is worth it.
        "4 9500, HEALTHY, 2, 1",
        "4 504 1004 1504, UNDECIDED, 0, 0",
        "4 9000 9500, UNDECIDED, 0, 0",
        // Offsets that cannot be true tell nothing.
        "'', UNDECIDED, 0, 0",
        "5000 4, UNDECIDED, 0, 0",
        "4 4, UNDECIDED, 0, 0",
        "4 10000, UNDECIDED, 0, 0",
        "4 20000, UNDECIDED, 0, 0",
        "-1 5000, UNDECIDED, 0, 0",
    })
    void anEntryTellsWhetherRowGroupsAreLargeEnough(String offsets, Verdict verdict, long rowGroups, long fragments) {
        RowGroupJudge judge = judge();
        assertThat(judge.byEntry(file(offsets(offsets)))).isEqualTo(verdict);
        int judged = verdict == Verdict.HEALTHY ? 1 : 0;
        assertThat(judge.judgment()).isEqualTo(new RowGroupJudgment(judged, 0, 0, rowGroups, fragments));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 1, 0, 1, 0",
        "4 504 1004 1504, 1, 0, 4, 3",
        "4 1003 2003, 1, 0, 3, 1",
        "'', 0, 1, 0, 0",
        "5000 4, 0, 1, 0, 0",
    })
    void aFileThatIsMergedAnywayIsCounted(String offsets, int judged, int unread, long rowGroups, long fragments) {
        RowGroupJudge judge = judge();
        judge.count(file(offsets(offsets)));
        assertThat(judge.judgment()).isEqualTo(new RowGroupJudgment(judged, 0, unread, rowGroups, fragments));
    }

    @Test
    void countsAreSummed() {
        RowGroupJudge judge = judge();
        judge.count(file(List.of(4L, 504L)));
        judge.count(file(null));
        assertThat(judge.byEntry(file(List.of(4L)))).isEqualTo(Verdict.HEALTHY);
        assertThat(judge.byEntry(file(null))).isEqualTo(Verdict.UNDECIDED);
        assertThat(judge.judgment()).isEqualTo(new RowGroupJudgment(2, 0, 1, 3, 1));
    }

    @Test
    void noMoreFootersAreReadThanMayBe() {
        RowGroupJudge judge = judge();
        assertThat(judge.mayRead(0)).isTrue();
        assertThat(judge.mayRead(2)).isTrue();
        assertThat(judge.mayRead(3)).isFalse();
        List<String> heard = new ArrayList<>();
        judge.byFooters(List.of(), (file, verdict) -> heard.add("a verdict"));
        assertThat(heard).isEmpty();
        assertThat(judge.judgment()).isEqualTo(new RowGroupJudgment(0, 0, 0, 0, 0));
    }
}
