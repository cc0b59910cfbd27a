package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.inputs.PassedOver;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Verify;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.generate.SchemaGenerator;
import io.glulam.testkit.generate.Seeds;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.read.ParquetFile;
import io.glulam.testkit.read.TripletComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files become one, in what order, and what the report and listeners say of them. */
class MergerTest {
    private static final String SNAPPY = "COMPRESSION snappy";

    @TempDir
    Path folder;

    private MergeTrial trial() {
        return new MergeTrial(folder);
    }

    @Test
    void rowsKeepTheOrderOfTheInputs() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT i FROM range(10, 20) t(i)", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT i FROM range(0, 10) t(i)", SNAPPY);

        trial().merge(MergeTrial.merger(), a, b);

        Path expected = trial().duck(
                        "expected.parquet", "SELECT i FROM range(10, 20) t(i) UNION ALL FROM range(0, 10)", SNAPPY);
        assertThat(DuckDb.firstDifference(expected, trial().merged())).isEmpty();
    }

    @Test
    void theReportCountsWhatTheInputsHold() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT i FROM range(5000) t(i)", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT i FROM range(7) t(i)", SNAPPY);

        MergeReport report = trial().merge(MergeTrial.merger(), a, b);

        long bytes = Files.size(a) + Files.size(b);
        assertThat(report.inputs()).isEqualTo(new MergeReport.InputFacts(2, bytes, 5007, 4, null));
        assertThat(report.outputs()).hasSize(1);
        assertThat(report.outputs().get(0).before().bytes()).isEqualTo(bytes);
        assertThat(report.outputs().get(0).after().rows()).isEqualTo(5007);
        assertThat(report.outputs().get(0).after().rowGroups()).isEqualTo(1);
    }

    @Test
    void aListenerHearsOfEachInputAndOfEachOutput() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            files.add(trial().duck(name + ".parquet", "SELECT i FROM range(5000) t(i)", SNAPPY));
        }
        List<String> heard = new ArrayList<>();
        ProgressListener listener = new ProgressListener() {
            @Override
            public void progress(Phase phase, long done, long total) {}

            @Override
            public void footersRead(int done, int total) {
                heard.add(done + " of " + total);
            }

            @Override
            public void outputBegun(MergedOutput output) {
                heard.add(fileName(output.name()) + " from " + output.inputs() + ": " + fileName(output.firstInput())
                        + " " + fileName(output.lastInput()));
            }

            @Override
            public void outputPublished(MergedOutput output, long bytes) {
                assertThat(Path.of(output.name())).hasSize(bytes);
                assertThat(output.inputBytes()).isPositive();
                assertThat(output.completedInputs()).isEqualTo(2);
                heard.add(fileName(output.name()) + " published");
            }
        };

        trial().merge(
                        new Merger(MergeOptions.defaults()
                                .withMaxFileBytes(2 * Files.size(files.get(0)))
                                .withCompaction(CompactionOptions.defaults().withProgress(listener))),
                        files.toArray(Path[]::new));

        assertThat(heard)
                .containsExactly(
                        "1 of 4",
                        "2 of 4",
                        "3 of 4",
                        "4 of 4",
                        "merged-0.parquet from 2: a.parquet b.parquet",
                        "merged-0.parquet published",
                        "merged-1.parquet from 2: c.parquet d.parquet",
                        "merged-1.parquet published");
    }

    private static String fileName(String name) {
        return String.valueOf(Path.of(name).getFileName());
    }

    @Test
    void healthyRowGroupsAreMovedWholeAndTheirIndexesWithThem() throws IOException {
        FileRecipe recipe =
                FileRecipe.of(Seeds.base(), SchemaGenerator.everyKind()).withRows(700, 500, 900);
        Path whole =
                ParquetJavaFiles.write(recipe, folder.resolve("whole.parquet")).file();
        List<Path> pieces = ParquetJavaFiles.writeEach(recipe, folder);

        MergeReport report = new MergeProof(
                        whole, pieces, Settings.defaults().withThreshold(new Threshold.Fixed(1)), folder)
                .holds();

        assertThat(report.outputs().get(0).plan().isEmpty()).isTrue();
        assertThat(report.outputs().get(0).after().rowGroups()).isEqualTo(3);
        assertThat(Files.size(folder.resolve("merged.parquet"))).isLessThan(Files.size(whole) + 1000);
    }

    @Test
    void valuesAreComparedOnRequest() throws IOException {
        FileRecipe recipe = FileRecipe.any(Seeds.base());
        Path whole =
                ParquetJavaFiles.write(recipe, folder.resolve("whole.parquet")).file();

        new MergeProof(
                        whole,
                        ParquetJavaFiles.writeEach(recipe, folder),
                        Settings.defaults().withVerify(Verify.VALUES),
                        folder)
                .holds();
    }

    @Test
    void manyMoreFilesThanStayOpenBecomeOne() throws IOException {
        FileRecipe recipe = FileRecipe.of(Seeds.base(), SchemaGenerator.flat(Seeds.base()))
                .withRows(IntStream.range(0, 700).map(i -> 1 + i % 3).toArray());
        Path whole =
                ParquetJavaFiles.write(recipe, folder.resolve("whole.parquet")).file();
        List<Path> pieces = ParquetJavaFiles.writeEach(recipe, folder);

        MergeReport report = trial().merge(MergeTrial.merger(), pieces.toArray(Path[]::new));

        assertThat(TripletComparison.firstDifference(whole, trial().merged())).isEmpty();
        assertThat(report.outputs().get(0).after().rowGroups()).isEqualTo(1);
    }

    @Test
    void filesWithoutRowsAddNothing() throws IOException {
        Path none = trial().duck("none.parquet", "SELECT i FROM range(0) t(i)", SNAPPY);
        Path some = trial().duck("some.parquet", "SELECT i FROM range(9) t(i)", SNAPPY);

        trial().merge(MergeTrial.merger(), none, some);
        assertThat(DuckDb.firstDifference(some, trial().merged())).isEmpty();

        MergeReport empty = MergeTrial.merger()
                .merge(
                        MergeTrial.objects(none, none),
                        (group, index) -> LocalStore.object(folder.resolve("nothing.parquet")));
        assertThat(empty.outputs().get(0).after().rows()).isZero();
        assertThat(DuckDb.firstDifference(none, folder.resolve("nothing.parquet")))
                .isEmpty();
    }

    @Test
    void aPreviewWritesNothing() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT i FROM range(10) t(i)", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT i FROM range(10) t(i)", SNAPPY);

        MergePreview preview = MergeTrial.merger().preview(MergeTrial.objects(a, b));

        assertThat(preview.outputs()).hasSize(1);
        assertThat(preview.outputs().get(0).groups()).hasSize(1);
        assertThat(preview.inputs().rows()).isEqualTo(20);
        assertThat(folder).isDirectoryNotContaining("glob:**merged*");
    }

    // ------------------------------------------------------------ one to several

    @Test
    void aLargeFileIsDistributedByRowGroupsAndNothingIsDecoded() throws IOException {
        FileRecipe recipe =
                FileRecipe.of(Seeds.base(), SchemaGenerator.everyKind()).withRows(900, 900, 900, 900, 900);
        Path whole =
                ParquetJavaFiles.write(recipe, folder.resolve("whole.parquet")).file();
        long rowGroup;
        try (ParquetFile file = ParquetFile.open(whole)) {
            rowGroup = file.metaData().getRow_groups().get(0).getTotal_compressed_size();
        }
        CompactionOptions options =
                CompactionOptions.defaults().withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1)));
        Merger splitting =
                new Merger(MergeOptions.defaults().withCompaction(options).withMaxFileBytes(rowGroup * 5 / 2));

        MergeReport report = trial().merge(splitting, whole);

        assertThat(report.outputs()).hasSizeGreaterThan(1);
        List<Path> outputs = new ArrayList<>();
        for (CompactionReport output : report.outputs()) {
            assertThat(output.plan().isEmpty()).as("all row groups are kept").isTrue();
            assertThat(output.cost().bytesRead()).isLessThan(Files.size(whole));
            outputs.add(Path.of(output.target()));
        }
        // Put together again, they hold what the one file held.
        Path again = folder.resolve("again.parquet");
        MergeTrial.merger()
                .merge(MergeTrial.objects(outputs.toArray(Path[]::new)), (group, index) -> LocalStore.object(again));
        assertThat(TripletComparison.firstDifference(whole, again)).isEmpty();
    }

    @Test
    void outputsAreFilledInOrderAndRowGroupsAreNeverSplit() throws IOException {
        Path[] files = new Path[5];
        for (int i = 0; i < files.length; i++) {
            files[i] = trial().duck("f" + i + ".parquet", "SELECT i + " + i + " AS i FROM range(2000) t(i)", SNAPPY);
        }
        Merger packing = new Merger(MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults()
                        .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1))))
                .withMaxFileBytes(Files.size(files[0]) * 2));

        MergeReport report = trial().merge(packing, files);

        assertThat(report.outputs()).hasSize(3);
        assertThat(report.outputs().stream().map(output -> output.after().rows()))
                .containsExactly(4000L, 4000L, 2000L);
    }

    @Test
    void anOutputEndsBeforeItsFooterTakesMoreMemoryThanThereIs() throws IOException {
        String columns = IntStream.range(0, 500).mapToObj(i -> "i AS c" + i).collect(Collectors.joining(", "));
        Path file = trial().duck("a.parquet", "SELECT " + columns + " FROM range(3) t(i)", SNAPPY);
        Path[] files = new Path[100];
        for (int i = 0; i < files.length; i++) {
            files[i] = Files.copy(file, folder.resolve("copy-" + i + ".parquet"));
        }
        CompactionOptions options = CompactionOptions.defaults().withBufferBytes(4 << 20);

        MergeReport report = trial().merge(
                        new Merger(
                                MergeOptions.defaults().withCompaction(options).withMaxFileBytes(1L << 40)),
                        files);

        assertThat(report.outputs()).hasSizeGreaterThan(1);
        assertThat(report.outputs().stream()
                        .mapToLong(output -> output.after().rows())
                        .sum())
                .isEqualTo(300);
    }

    @Test
    void aFileThatNothingWouldChangeIsLeftAlone() throws IOException {
        Path only = trial().duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);

        MergeReport report = trial().merge(MergeTrial.merger(), only);

        assertThat(report.outcome()).isEqualTo(MergeReport.Outcome.NOTHING_GAINED);
        assertThat(report.outputs()).isEmpty();
        assertThat(trial().merged()).doesNotExist();
    }

    @Test
    void withoutInputsThereIsNothingToMerge() {
        assertThat(MergeTrial.merger()
                        .merge(MergeTrial.objects(), (group, index) -> LocalStore.object(trial().merged()))
                        .outcome())
                .isEqualTo(MergeReport.Outcome.NO_CANDIDATES);
    }

    @Test
    void outputsOfTooFewInputsAreNotWritten() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);

        MergeReport report = trial().merge(new Merger(MergeOptions.defaults().withMinInputFiles(3)), a, b);

        assertThat(report.outcome()).isEqualTo(MergeReport.Outcome.NO_CANDIDATES);
        assertThat(report.passedOverCounts()).containsEntry(PassedOver.Reason.FEW, 2);
    }

    @Test
    void whatDoesNotGoTogetherGetsAFileOfItsOwnOnRequest() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT 1::INTEGER AS x", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT 1::BIGINT AS x", SNAPPY);
        Path c = trial().duck("c.parquet", "SELECT 2::INTEGER AS x", SNAPPY);
        Merger grouping = new Merger(MergeOptions.defaults().withMismatch(MergeOptions.Mismatch.GROUP));

        MergeReport report = trial().merge(grouping, a, b, c);

        assertThat(report.outputs().stream().map(output -> output.after().rows()))
                .containsExactly(2L, 1L);
        assertThat(trial().merge(grouping, a, b).outcome()).isEqualTo(MergeReport.Outcome.SCHEMAS_DIFFER);
    }

    @Test
    void whatARunWroteIsNotWrittenAgainByTheNext() throws IOException {
        Path[] files = new Path[9];
        for (int i = 0; i < files.length; i++) {
            files[i] =
                    trial().duck("f" + i + ".parquet", "SELECT (i * 7919) % 65536 AS i FROM range(3000) t(i)", SNAPPY);
        }
        Merger packing = new Merger(MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults()
                        .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1000))))
                .withMaxFileBytes(Files.size(files[0]) * 3));
        MergeReport first = packing.merge(
                MergeTrial.objects(files),
                (group, index) -> LocalStore.object(folder.resolve("first-" + index + ".parquet")));

        Path[] outputs =
                first.outputs().stream().map(output -> Path.of(output.target())).toArray(Path[]::new);
        MergeReport second = packing.merge(
                MergeTrial.objects(outputs),
                (group, index) -> LocalStore.object(folder.resolve("second-" + index + ".parquet")));

        assertThat(first.outputs()).hasSizeGreaterThan(1);
        assertThat(second.outcome()).isEqualTo(MergeReport.Outcome.NOTHING_GAINED);
    }
}
