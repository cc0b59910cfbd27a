package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.CorruptFile;
import io.glulam.error.SourceChanged;
import io.glulam.error.Unsupported;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.join.MetadataRule;
import io.glulam.local.LocalStore;
import io.glulam.storage.ObjectFacts;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that do not go together, metadata that differs, damaged files, and inputs that change while they are merged. */
class MergeRefusalsTest {
    private static final String SNAPPY = "COMPRESSION snappy";

    @TempDir
    Path folder;

    private MergeTrial trial() {
        return new MergeTrial(folder);
    }

    @Test
    void anotherSchemaIsRefusedWithBothFilesAndTheColumn() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT 1::INTEGER AS x, 2 AS y", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT 1::BIGINT AS x, 2 AS y", SNAPPY);

        assertThatThrownBy(() -> trial().merge(MergeTrial.merger(), a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("b.parquet")
                .hasMessageContaining("a.parquet")
                .hasMessageContaining("schema element x");
        assertThat(trial().merged()).doesNotExist();
    }

    @Test
    void metadataThatDiffersIsDroppedAndNamedOrTakenFromTheFirstOrRefused() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT 1 AS x", "KV_METADATA {same: 's', origin: 'one', mine: 'a'}");
        Path b = trial().duck("b.parquet", "SELECT 1 AS x", "KV_METADATA {same: 's', origin: 'two'}");

        MergeReport common = trial().merge(MergeTrial.merger(), a, b);
        assertThat(keys(trial().merged())).containsExactly("same");
        assertThat(common.dropped())
                .anySatisfy(text -> assertThat(text).contains("origin").contains("b.parquet has another value"))
                .anySatisfy(text -> assertThat(text).contains("mine").contains("b.parquet lacks it"));

        Files.delete(trial().merged());
        trial().merge(new Merger(MergeOptions.defaults().withMetadata(MetadataRule.FIRST)), a, b);
        assertThat(keys(trial().merged())).containsExactlyInAnyOrder("same", "origin", "mine");

        Merger failing = new Merger(MergeOptions.defaults().withMetadata(MetadataRule.FAIL));
        assertThatThrownBy(() -> trial().merge(failing, a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("b.parquet")
                .hasMessageContaining("a.parquet");
    }

    @Test
    void metadataThatSaysHowDatesAreReadMustBeTheSame() throws IOException {
        String key = "\"org.apache.spark.legacyDateTime\"";
        Path a = trial().duck("a.parquet", "SELECT DATE '1500-01-01' AS d", "KV_METADATA {" + key + ": ''}");
        Path b = trial().duck("b.parquet", "SELECT DATE '1500-01-01' AS d", SNAPPY);

        assertThatThrownBy(() -> trial().merge(MergeTrial.merger(), a, b))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("legacyDateTime");
    }

    @Test
    void datesOfSparkBeforeAndAfterItsCalendarChangedStayApart() throws IOException {
        String key = "\"org.apache.spark.version\"";
        Path old = trial().duck("a.parquet", "SELECT DATE '1500-01-01' AS d", "KV_METADATA {" + key + ": '2.4.8'}");
        Path young = trial().duck("b.parquet", "SELECT DATE '1500-01-01' AS d", "KV_METADATA {" + key + ": '3.5.1'}");
        Path younger = trial().duck("c.parquet", "SELECT DATE '1500-01-01' AS d", "KV_METADATA {" + key + ": '4.0.0'}");
        Path none = trial().duck("d.parquet", "SELECT DATE '1500-01-01' AS d", SNAPPY);

        assertThatThrownBy(() -> trial().merge(MergeTrial.merger(), old, young))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("another calendar");
        assertThatThrownBy(() -> trial().merge(MergeTrial.merger(), none, old)).isInstanceOf(Unsupported.class);
        trial().merge(MergeTrial.merger(), none, young, younger);
        assertThat(keys(trial().merged())).containsExactly("org.apache.spark.version");
    }

    private static List<String> keys(Path file) {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            return parquet.metaData().getKey_value_metadata().stream()
                    .map(entry -> entry.getKey())
                    .toList();
        }
    }

    @Test
    void oneFileUnderTwoNamesIsRefused() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Path a = trial().duck("in/a.parquet", "SELECT 1 AS x", SNAPPY);
        Path b = trial().duck("in/b.parquet", "SELECT 2 AS x", SNAPPY);
        Path link = Files.createSymbolicLink(in.resolve("latest.parquet"), b);
        Path hard = Files.createLink(in.resolve("same.parquet"), a);
        Path other = Files.createSymbolicLink(folder.resolve("other"), in);

        for (Path[] files : new Path[][] {{a, b, link}, {a, b, hard}, {link, b}, {a, other.resolve("a.parquet")}}) {
            assertThatThrownBy(() -> trial().merge(MergeTrial.merger(), files))
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining(files[files.length - 1].getFileName().toString())
                    .hasMessageContaining("twice");
            assertThat(trial().merged()).doesNotExist();
        }
        assertThat(trial().merge(MergeTrial.merger(), a, link).inputs().rows()).isEqualTo(2);
    }

    // ------------------------------------------------------------ failures

    @Test
    void filesOfATableAreRefused() throws IOException {
        Path table = Files.createDirectories(folder.resolve("table"));
        Path a = DuckDbFiles.write("SELECT 1 AS x", 2048, SNAPPY, table.resolve("a.parquet"));
        Files.createDirectories(table.resolve("_delta_log"));

        assertThatThrownBy(() -> trial().merge(MergeTrial.merger(), a))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("Delta");
    }

    @Test
    void damageIsToldWithTheNameAndThePlaceOfTheInput() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        byte[] bytes = Files.readAllBytes(b);
        Arrays.fill(bytes, 4, 24, (byte) 0x7f);
        Files.write(b, bytes);

        assertThatThrownBy(() -> trial().merge(MergeTrial.merger(), a, b))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("b.parquet, row group 0")
                .hasMessageNotContaining("2 files");
    }

    @Test
    void aFileThatIsNoParquetFileIsNamed() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT 1 AS x", SNAPPY);
        Path b = Files.writeString(folder.resolve("b.parquet"), "no, not at all");

        assertThatThrownBy(() -> trial().merge(MergeTrial.merger(), a, b))
                .isInstanceOf(CorruptFile.class)
                .hasMessageContaining("b.parquet");
    }

    @Test
    void anInputThatChangesMeanwhileFailsTheRun() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
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

        assertThatThrownBy(() -> trial().merge(merger, a, b))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("b.parquet");
        assertThat(trial().merged()).doesNotExist();
    }

    @Test
    void anInputThatVanishesMeanwhileFailsTheRun() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        Path b = trial().duck("b.parquet", "SELECT i FROM range(1000) t(i)", SNAPPY);
        ProgressListener remove = (phase, done, total) -> {
            try {
                Files.deleteIfExists(b);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        };
        Merger merger = new Merger(MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults().withProgress(remove)));

        assertThatThrownBy(() -> trial().merge(merger, a, b)).isInstanceOf(SourceChanged.class);
        assertThat(trial().merged()).doesNotExist();
    }

    @Test
    void aPinnedInputIsTakenInItsVersionOrNotAtAll() throws IOException {
        Path a = trial().duck("a.parquet", "SELECT i FROM range(5) t(i)", SNAPPY);
        ObjectFacts pinned = LocalStore.INSTANCE.facts(a.toString());
        FoundInputs inputs =
                FoundInputs.of(List.of(Candidate.pinned(LocalStore.object(a), "", pinned.size(), pinned.version())));
        Path copy = folder.resolve("copy.parquet");
        MergeTrial.merger().merge(inputs, (group, index) -> LocalStore.object(copy));
        trial().duck("a.parquet", "SELECT i FROM range(6) t(i)", SNAPPY);

        assertThatThrownBy(
                        () -> MergeTrial.merger().merge(inputs, (group, index) -> LocalStore.object(trial().merged())))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("a.parquet");
        assertThat(trial().merged()).doesNotExist();
    }
}
