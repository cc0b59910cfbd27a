package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.MergeReport.Outcome;
import io.glulam.error.CorruptFile;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.InputFinder;
import io.glulam.inputs.PassedOver.Reason;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectStore;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.oracle.DuckDb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges into one folder, again and again: each row is in it once, whatever happens to a run. */
@Tag("once")
class FolderMergerTest {
    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private Path in;
    private Path out;

    @BeforeEach
    void makeFolders() throws IOException {
        in = Files.createDirectory(folder.toRealPath().resolve("in"));
        out = folder.toRealPath().resolve("out");
    }

    /** A file of ascending numbers, in row groups of 2,048. */
    private Path numbers(String name, int from, int to) throws IOException {
        return DuckDbFiles.write(
                "SELECT i FROM range(" + from + ", " + to + ") t(i)",
                2048,
                "COMPRESSION uncompressed",
                in.resolve(name));
    }

    private FoundInputs found() {
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.add(in.toString());
        return finder.found();
    }

    private static MergeOptions options() {
        return MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults()
                        .withThreads(1)
                        .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1000))))
                .withMaxFileBytes(40_000);
    }

    private FolderMerger merger(ObjectStore store, MergeOptions options) {
        return new FolderMerger(options, new ObjectRef(store, out + "/")).by(clock);
    }

    private MergeReport merge() {
        return merger(LocalStore.INSTANCE, options()).merge(found());
    }

    private List<String> outputs() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }

    /** The numbers from 0 on are in the folder, each once. */
    private void assertNumbers(int to, String what) throws IOException {
        Path expected = Files.createDirectories(folder.resolve("expected")).resolve(to + ".parquet");
        if (!Files.exists(expected)) {
            DuckDbFiles.write("SELECT i FROM range(" + to + ") t(i)", 2048, "COMPRESSION snappy", expected);
        }
        Path all = folder.resolve("all.parquet");
        Files.deleteIfExists(all);
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.add(out.toString());
        new Merger(MergeOptions.defaults()).merge(finder.found(), (group, index) -> LocalStore.object(all));
        assertThat(DuckDb.firstDifferenceInAnyOrder(expected, all)).as(what).isEmpty();
    }

    @Test
    void aRunAddsOnlyWhatIsNew() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        assertThat(merge().outcome()).isEqualTo(Outcome.MERGED);
        byte[] first = Files.readAllBytes(out.resolve("part-00000.parquet"));
        numbers("c.parquet", 2000, 2500);

        MergeReport second = merge();

        assertThat(second.inputs().files()).isEqualTo(1);
        assertThat(second.passedOverCounts()).containsEntry(Reason.MERGED, 2);
        assertThat(outputs()).containsExactly("part-00000.parquet", "part-00001.parquet");
        assertThat(out.resolve("part-00000.parquet")).hasBinaryContent(first);
        assertNumbers(2500, "after two runs");
    }

    @Test
    void aRunWithNothingNewWritesNothing() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        merge();

        assertThat(merge().outcome()).isEqualTo(Outcome.NO_CANDIDATES);
        assertThat(outputs()).hasSize(1);
        assertThat(merger(LocalStore.INSTANCE, options()).preview(found()).outcome())
                .isEqualTo(Outcome.NO_CANDIDATES);
    }

    @Test
    void anInputThatChangedSinceIsRefusedByItsName() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        merge();
        Files.delete(in.resolve("b.parquet"));
        numbers("b.parquet", 1000, 2001);

        assertThatThrownBy(this::merge)
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("b.parquet")
                .hasMessageContaining("changed after");
        assertThat(outputs()).hasSize(1);
    }

    @Test
    void filesThatNoMergeHasRecordedAreRefused() throws IOException {
        numbers("a.parquet", 0, 1000);
        Files.createDirectories(out.resolve("dt=1"));
        Files.copy(in.resolve("a.parquet"), out.resolve("dt=1/strange.parquet"));

        assertThatThrownBy(this::merge)
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("holds Parquet files")
                .hasMessageContaining("dt=1/strange.parquet");
    }

    @Test
    void outputsThatAreFoundAsInputsArePassedOver() throws IOException {
        out = in.resolve("merged");
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        merge();
        numbers("c.parquet", 2000, 2100);

        MergeReport second = merge();

        assertThat(second.passedOverCounts()).containsEntry(Reason.OUTPUT, 1).containsEntry(Reason.MERGED, 2);
        assertNumbers(2100, "after two runs");
    }

    @Test
    void whereverARunDiesTheNextOneEndsWithEachRowOnce() throws IOException {
        numbers("a.parquet", 0, 3000);
        numbers("b.parquet", 3000, 20_000); // It is divided between outputs.
        numbers("c.parquet", 20_000, 20_500);
        int deaths = 0;
        for (boolean done : new boolean[] {false, true}) {
            boolean dead = true;
            for (int step = 1; dead; step++) {
                StepStore store = StepStore.dyingAt(step, done);
                out = folder.toRealPath().resolve("out-" + done + "-" + step);
                try {
                    merger(store, options()).merge(found());
                } catch (StepStore.Death death) {
                    deaths++;
                }
                dead = store.isDead();
                clock.passMinutes(2);

                merge();

                assertNumbers(20_500, "death at step " + step + (done ? ", done: " : ": ") + store.steps());
                assertThat(merge().outcome()).isEqualTo(Outcome.NO_CANDIDATES);
            }
        }
        assertThat(deaths).isGreaterThan(20);
    }

    @Test
    void ofTwoRunsAtOnceOneIsRefused() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        StepStore store = StepStore.with(step -> {
            if (!step.equals("publish _glulam_lease_00000001.json")) {
                assertThatThrownBy(this::merge)
                        .as(step)
                        .isInstanceOf(StorageFailed.class)
                        .hasMessageContaining("another run")
                        .hasMessageContaining("2026-01-01T00:01:00Z");
            }
        });

        merger(store, options()).merge(found());

        assertThat(store.steps()).hasSize(5);
        assertNumbers(2000, "one run");
        numbers("c.parquet", 2000, 2100);
        merge();
        assertNumbers(2100, "the lease was given back");
    }

    @Test
    void ofTwoRunsThatTakeTheLeaseAtOnceOneGetsIt() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        boolean[] other = {false};
        StepStore store = StepStore.with(step -> {
            if (!other[0]) {
                other[0] = true;
                merge();
            }
        });

        assertThatThrownBy(() -> merger(store, options()).merge(found()))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("another run");
        assertNumbers(2000, "the other run");
    }

    @Test
    void aRunThatWakesUpAfterItsLeaseDoesNothingMore() throws IOException {
        numbers("a.parquet", 0, 3000);
        numbers("b.parquet", 3000, 9000);
        int steps = 0;
        for (int sleep = 2; sleep < 20; sleep++) {
            int at = sleep;
            out = folder.toRealPath().resolve("out-" + sleep);
            int[] count = {0};
            boolean[] slept = {false};
            StepStore store = StepStore.with(step -> {
                count[0]++;
                if (count[0] == at) {
                    slept[0] = true;
                    clock.passMinutes(2);
                    merge();
                }
            });
            try {
                merger(store, options()).merge(found());
                assertThat(slept[0] && count[0] > at)
                        .as("it went on after step %s: %s", at, store.steps())
                        .isFalse();
            } catch (SourceChanged | StorageFailed lost) {
                steps++;
            }
            assertNumbers(9000, "asleep before step " + sleep + " of " + store.steps());
            merge();
            assertNumbers(9000, "the run after that");
        }
        assertThat(steps).isGreaterThan(3);
    }

    @Test
    void aManifestThatNoMergeHasWrittenIsRefused() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        merge();
        Path manifest = out.resolve("_glulam_manifest.json");
        String sound = Files.readString(manifest);
        for (String forged : List.of(
                sound.replace("part-00000.parquet", "../part-00000.parquet"),
                sound.replace("part-00000.parquet", "/part-00000.parquet"),
                sound.replace("part-00000.parquet", "x\\\\y.parquet"),
                sound.replace("\"size\":", "\"size\":-"),
                sound.replace("glulam-merge", "other"),
                sound.substring(0, sound.length() / 2),
                sound + "{}",
                "")) {
            Files.writeString(manifest, forged);
            assertThatThrownBy(this::merge).as(forged).isInstanceOf(CorruptFile.class);
        }
        assertThat(outputs()).hasSize(1);
    }

    @Test
    void anAnnouncedOutputThatIsAnotherFileIsRefused() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        StepStore store = StepStore.with(step -> {
            if (step.equals("publish part-00000.parquet")) {
                throw new StepStore.Death();
            }
        });
        assertThatThrownBy(() -> merger(store, options()).merge(found())).isInstanceOf(StepStore.Death.class);
        Files.copy(in.resolve("a.parquet"), out.resolve("part-00000.parquet"));
        clock.passMinutes(2);

        assertThatThrownBy(this::merge)
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("part-00000.parquet")
                .hasMessageContaining("announces");
    }

    @Test
    void aFileThatAppearsUnderTheNextNameIsNotOverwritten() throws IOException {
        numbers("a.parquet", 0, 1000);
        numbers("b.parquet", 1000, 2000);
        CompactionOptions overwriting = options()
                .compaction()
                .withOverwrite(true)
                .withPublishing(publication -> {
                    try {
                        Files.writeString(out.resolve("part-00000.parquet"), "another's");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });

        assertThatThrownBy(() -> merger(LocalStore.INSTANCE, options().withCompaction(overwriting))
                        .merge(found()))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("part-00000.parquet");
        assertThat(out.resolve("part-00000.parquet")).hasContent("another's");
    }

    @Test
    void partitionsAreNumberedEachByItself() throws IOException {
        Files.createDirectories(in.resolve("dt=1"));
        Files.createDirectories(in.resolve("dt=2"));
        numbers("dt=1/a.parquet", 0, 100);
        numbers("dt=1/b.parquet", 100, 200);
        merge();
        numbers("dt=2/a.parquet", 200, 300);
        numbers("dt=1/c.parquet", 300, 400);
        merge();

        assertThat(out.resolve("dt=1/part-00001.parquet")).exists();
        assertThat(out.resolve("dt=2/part-00000.parquet")).exists();
        assertThat(out.resolve("dt=2/part-00001.parquet")).doesNotExist();
    }
}
