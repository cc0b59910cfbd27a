package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.SourceChanged;
import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.PassedOver;
import io.glulam.join.MetadataRule;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.plan.Verify;
import io.glulam.storage.ObjectFacts;
import io.glulam.testkit.generate.DuckDbFiles;
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
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files become one, which do not, and what is told of them. */
class MergerTest {
    private static final String SNAPPY = "COMPRESSION snappy";

    @TempDir
    Path folder;

    private Path duck(String name, String query, String options) throws IOException {
        return DuckDbFiles.write(query, 2048, options, folder.resolve(name));
    }

    private static Merger merger() {
        return new Merger(MergeOptions.defaults());
    }

    private static FoundInputs objects(Path... files) {
        return FoundInputs.of(Arrays.stream(files)
                .map(file -> new Candidate(LocalStore.object(file), ""))
                .toList());
    }

    private MergeReport merge(Merger merger, Path... files) {
        return merger.merge(
                objects(files), (group, index) -> LocalStore.object(folder.resolve("merged-" + index + ".parquet")));
    }

    private Path merged() {
        return folder.resolve("merged-0.parquet");
    }

    @Test
    void aPinnedInputIsTakenInItsVersionOrNotAtAll() throws IOException {
        Path a = duck("a.parquet", "SELECT i FROM range(5) t(i)", SNAPPY);
        ObjectFacts pinned = LocalStore.INSTANCE.facts(a.toString());
        FoundInputs inputs =
                FoundInputs.of(List.of(Candidate.pinned(LocalStore.object(a), "", pinned.size(), pinned.version())));
        Path copy = folder.resolve("copy.parquet");
        merger().merge(inputs, (group, index) -> LocalStore.object(copy));
        duck("a.parquet", "SELECT i FROM range(6) t(i)", SNAPPY);

        assertThatThrownBy(() -> merger().merge(inputs, (group, index) -> LocalStore.object(merged())))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("a.parquet");
        assertThat(merged()).doesNotExist();
    }

    // ------------------------------------------------------------ order, counts, report

    @Test
    void rowsKeepTheOrderOfTheInputs() throws IOException {
        Path a = duck("a.parquet", "SELECT i FROM range(10, 20) t(i)", SNAPPY);
        Path b = duck("b.parquet", "SELECT i FROM range(0, 10) t(i)", SNAPPY);

        merge(merger(), a, b);

        Path expected =
                duck("expected.parquet", "SELECT i FROM range(10, 20) t(i) UNION ALL FROM range(0, 10)", SNAPPY);
        assertThat(DuckDb.firstDifference(expected, merged())).isEmpty();
    }

    @Test
    void theReportCountsWhatTheInputsHold() throws IOException {
        Path a = duck("a.parquet", "SELECT i FROM range(5000) t(i)", SNAPPY);
        Path b = duck("b.parquet", "SELECT i FROM range(7) t(i)", SNAPPY);

        MergeReport report = merge(merger(), a, b);

        long bytes = Files.size(a) + Files.size(b);
        assertThat(report.inputs()).isEqualTo(new MergeReport.InputFacts(2, bytes, 5007, 4, null));
        assertThat(report.outputs()).hasSize(1);
        assertThat(report.outputs().get(0).before().bytes()).isEqualTo(bytes);
        assertThat(report.outputs().get(0).after().rows()).isEqualTo(5007);
        assertThat(report.outputs().get(0).after().rowGroups()).isEqualTo(1);
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

        MergeReport report = merge(merger(), pieces.toArray(Path[]::new));

        assertThat(TripletComparison.firstDifference(whole, merged())).isEmpty();
        assertThat(report.outputs().get(0).after().rowGroups()).isEqualTo(1);
    }

    @Test
    void filesWithoutRowsAddNothing() throws IOException {
        Path none = duck("none.parquet", "SELECT i FROM range(0) t(i)", SNAPPY);
        Path some = duck("some.parquet", "SELECT i FROM range(9) t(i)", SNAPPY);

        merge(merger(), none, some);
        assertThat(DuckDb.firstDifference(some, merged())).isEmpty();

        MergeReport empty = merger().merge(
                        objects(none, none), (group, index) -> LocalStore.object(folder.resolve("nothing.parquet")));
        assertThat(empty.outputs().get(0).after().rows()).isZero();
        assertThat(DuckDb.firstDifference(none, folder.resolve("nothing.parquet")))
                .isEmpty();
    }

    @Test
    void aPreviewWritesNothing() throws IOException {
        Path a = duck("a.parquet", "SELECT i FROM range(10) t(i)", SNAPPY);
        Path b = duck("b.parquet", "SELECT i FROM range(10) t(i)", SNAPPY);

        MergePreview preview = merger().preview(objects(a, b));

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

        MergeReport report = merge(splitting, whole);

        assertThat(report.outputs()).hasSizeGreaterThan(1);
        List<Path> outputs = new ArrayList<>();
        for (CompactionReport output : report.outputs()) {
            assertThat(output.plan().isEmpty()).as("all row groups are kept").isTrue();
            assertThat(output.bytesRead()).isLessThan(Files.size(whole));
            outputs.add(Path.of(output.target()));
        }
        // Put together again, they hold what the one file held.
        Path again = folder.resolve("again.parquet");
        merger().merge(objects(outputs.toArray(Path[]::new)), (group, index) -> LocalStore.object(again));
        assertThat(TripletComparison.firstDifference(whole, again)).isEmpty();
    }

    @Test
    void outputsAreFilledInOrderAndRowGroupsAreNeverSplit() throws IOException {
        Path[] files = new Path[5];
        for (int i = 0; i < files.length; i++) {
            files[i] = duck("f" + i + ".parquet", "SELECT i + " + i + " AS i FROM range(2000) t(i)", SNAPPY);
        }
        Merger packing = new Merger(MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults()
                        .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1))))
                .withMaxFileBytes(Files.size(files[0]) * 2));

        MergeReport report = merge(packing, files);

        assertThat(report.outputs()).hasSize(3);
        assertThat(report.outputs().stream().map(output -> output.after().rows()))
                .containsExactly(4000L, 4000L, 2000L);
    }

    @Test
    void anOutputEndsBeforeItsFooterTakesMoreMemoryThanThereIs() throws IOException {
        String columns = IntStream.range(0, 500).mapToObj(i -> "i AS c" + i).collect(Collectors.joining(", "));
        Path file = duck("a.parquet", "SELECT " + columns + " FROM range(3) t(i)", SNAPPY);
        Path[] files = new Path[100];
        for (int i = 0; i < files.length; i++) {
            files[i] = Files.copy(file, folder.resolve("copy-" + i + ".parquet"));
        }
        CompactionOptions options = CompactionOptions.defaults().withBufferBytes(4 << 20);

        MergeReport report =
                merge(new Merger(MergeOptions.defaults().withCompaction(options).withMaxFileBytes(1L << 40)), files);

        assertThat(report.outputs()).hasSizeGreaterThan(1);
        assertThat(report.outputs().stream()
                        .mapToLong(output -> output.after().rows())
                        .sum())
                .isEqualTo(300);
    }

    @Test
    void aFileThatNothingWouldChangeIsLeftAlone() throws IOException {
        Path only = duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);

        MergeReport report = merge(merger(), only);

        assertThat(report.outcome()).isEqualTo(MergeReport.Outcome.NOTHING_GAINED);
        assertThat(report.outputs()).isEmpty();
        assertThat(merged()).doesNotExist();
    }

    @Test
    void withoutInputsThereIsNothingToMerge() {
        assertThat(merger().merge(objects(), (group, index) -> LocalStore.object(merged()))
                        .outcome())
                .isEqualTo(MergeReport.Outcome.NO_CANDIDATES);
    }

    @Test
    void outputsOfTooFewInputsAreNotWritten() throws IOException {
        Path a = duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        Path b = duck("b.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);

        MergeReport report = merge(new Merger(MergeOptions.defaults().withMinInputFiles(3)), a, b);

        assertThat(report.outcome()).isEqualTo(MergeReport.Outcome.NO_CANDIDATES);
        assertThat(report.passedOverCounts()).containsEntry(PassedOver.Reason.FEW, 2);
    }

    @Test
    void whatDoesNotGoTogetherGetsAFileOfItsOwnOnRequest() throws IOException {
        Path a = duck("a.parquet", "SELECT 1::INTEGER AS x", SNAPPY);
        Path b = duck("b.parquet", "SELECT 1::BIGINT AS x", SNAPPY);
        Path c = duck("c.parquet", "SELECT 2::INTEGER AS x", SNAPPY);
        Merger grouping = new Merger(MergeOptions.defaults().withMismatch(MergeOptions.Mismatch.GROUP));

        MergeReport report = merge(grouping, a, b, c);

        assertThat(report.outputs().stream().map(output -> output.after().rows()))
                .containsExactly(2L, 1L);
        assertThat(merge(grouping, a, b).outcome()).isEqualTo(MergeReport.Outcome.SCHEMAS_DIFFER);
    }

    @Test
    void whatARunWroteIsNotWrittenAgainByTheNext() throws IOException {
        Path[] files = new Path[9];
        for (int i = 0; i < files.length; i++) {
            files[i] = duck("f" + i + ".parquet", "SELECT (i * 7919) % 65536 AS i FROM range(3000) t(i)", SNAPPY);
        }
        Merger packing = new Merger(MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults()
                        .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1000))))
                .withMaxFileBytes(Files.size(files[0]) * 3));
        MergeReport first = packing.merge(
                objects(files), (group, index) -> LocalStore.object(folder.resolve("first-" + index + ".parquet")));

        Path[] outputs =
                first.outputs().stream().map(output -> Path.of(output.target())).toArray(Path[]::new);
        MergeReport second = packing.merge(
                objects(outputs), (group, index) -> LocalStore.object(folder.resolve("second-" + index + ".parquet")));

        assertThat(first.outputs()).hasSizeGreaterThan(1);
        assertThat(second.outcome()).isEqualTo(MergeReport.Outcome.NOTHING_GAINED);
    }

    // ------------------------------------------------------------ what does not go together

    @Test
    void anotherSchemaIsRefusedWithBothFilesAndTheColumn() throws IOException {
        Path a = duck("a.parquet", "SELECT 1::INTEGER AS x, 2 AS y", SNAPPY);
        Path b = duck("b.parquet", "SELECT 1::BIGINT AS x, 2 AS y", SNAPPY);

        assertThatThrownBy(() -> merge(merger(), a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("b.parquet")
                .hasMessageContaining("a.parquet")
                .hasMessageContaining("schema element x");
        assertThat(merged()).doesNotExist();
    }

    @Test
    void metadataThatDiffersIsDroppedAndNamedOrTakenFromTheFirstOrRefused() throws IOException {
        Path a = duck("a.parquet", "SELECT 1 AS x", "KV_METADATA {same: 's', origin: 'one', mine: 'a'}");
        Path b = duck("b.parquet", "SELECT 1 AS x", "KV_METADATA {same: 's', origin: 'two'}");

        MergeReport common = merge(merger(), a, b);
        assertThat(keys(merged())).containsExactly("same");
        assertThat(common.dropped())
                .anySatisfy(text -> assertThat(text).contains("origin").contains("b.parquet has another value"))
                .anySatisfy(text -> assertThat(text).contains("mine").contains("b.parquet lacks it"));

        Files.delete(merged());
        merge(new Merger(MergeOptions.defaults().withMetadata(MetadataRule.FIRST)), a, b);
        assertThat(keys(merged())).containsExactlyInAnyOrder("same", "origin", "mine");

        Merger failing = new Merger(MergeOptions.defaults().withMetadata(MetadataRule.FAIL));
        assertThatThrownBy(() -> merge(failing, a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("b.parquet")
                .hasMessageContaining("a.parquet");
    }

    @Test
    void metadataThatSaysHowDatesAreReadMustBeTheSame() throws IOException {
        String key = "\"org.apache.spark.legacyDateTime\"";
        Path a = duck("a.parquet", "SELECT DATE '1500-01-01' AS d", "KV_METADATA {" + key + ": ''}");
        Path b = duck("b.parquet", "SELECT DATE '1500-01-01' AS d", SNAPPY);

        assertThatThrownBy(() -> merge(merger(), a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("legacyDateTime");
    }

    @Test
    void datesOfSparkBeforeAndAfterItsCalendarChangedStayApart() throws IOException {
        String key = "\"org.apache.spark.version\"";
        Path old = duck("a.parquet", "SELECT DATE '1500-01-01' AS d", "KV_METADATA {" + key + ": '2.4.8'}");
        Path young = duck("b.parquet", "SELECT DATE '1500-01-01' AS d", "KV_METADATA {" + key + ": '3.5.1'}");
        Path younger = duck("c.parquet", "SELECT DATE '1500-01-01' AS d", "KV_METADATA {" + key + ": '4.0.0'}");
        Path none = duck("d.parquet", "SELECT DATE '1500-01-01' AS d", SNAPPY);

        assertThatThrownBy(() -> merge(merger(), old, young))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("another calendar");
        assertThatThrownBy(() -> merge(merger(), none, old)).isInstanceOf(Unsupported.class);
        merge(merger(), none, young, younger);
        assertThat(keys(merged())).containsExactly("org.apache.spark.version");
    }

    private static List<String> keys(Path file) {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            return parquet.metaData().getKey_value_metadata().stream()
                    .map(entry -> entry.getKey())
                    .toList();
        }
    }

    // ------------------------------------------------------------ failures

    @Test
    void filesOfATableAreRefused() throws IOException {
        Path table = Files.createDirectories(folder.resolve("table"));
        Path a = DuckDbFiles.write("SELECT 1 AS x", 2048, SNAPPY, table.resolve("a.parquet"));
        Files.createDirectories(table.resolve("_delta_log"));

        assertThatThrownBy(() -> merge(merger(), a))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Delta");
    }

    @Test
    void damageIsToldWithTheNameAndThePlaceOfTheInput() throws IOException {
        Path a = duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        Path b = duck("b.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        byte[] bytes = Files.readAllBytes(b);
        Arrays.fill(bytes, 4, 24, (byte) 0x7f);
        Files.write(b, bytes);

        assertThatThrownBy(() -> merge(merger(), a, b))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("b.parquet, row group 0")
                .hasMessageNotContaining("2 files");
    }

    @Test
    void aFileThatIsNoParquetFileIsNamed() throws IOException {
        Path a = duck("a.parquet", "SELECT 1 AS x", SNAPPY);
        Path b = Files.writeString(folder.resolve("b.parquet"), "no, not at all");

        assertThatThrownBy(() -> merge(merger(), a, b))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("b.parquet");
    }

    @Test
    void anInputThatChangesMeanwhileFailsTheRun() throws IOException {
        Path a = duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        Path b = duck("b.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        ProgressListener touch = (phase, done, total) -> {
            if (phase == ProgressListener.Phase.MOVE) {
                try {
                    Files.setLastModifiedTime(b, FileTime.fromMillis(5_000));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        Merger merger = new Merger(MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults().withProgress(touch)));

        assertThatThrownBy(() -> merge(merger, a, b))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("b.parquet");
        assertThat(merged()).doesNotExist();
    }

    @Test
    void anInputThatVanishesMeanwhileFailsTheRun() throws IOException {
        Path a = duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        Path b = duck("b.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        ProgressListener remove = (phase, done, total) -> {
            try {
                Files.deleteIfExists(b);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        Merger merger = new Merger(MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults().withProgress(remove)));

        assertThatThrownBy(() -> merge(merger, a, b)).isInstanceOf(SourceChanged.class);
        assertThat(merged()).doesNotExist();
    }
}
