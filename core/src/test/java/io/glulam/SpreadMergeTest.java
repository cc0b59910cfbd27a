package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.MergeReport.Outcome;
import io.glulam.error.GlulamException;
import io.glulam.error.Place;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
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
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges whose outputs other processes write: what comes out is what one process writes, whatever happens to a run. */
@Tag("once")
class SpreadMergeTest {
    @TempDir
    Path folder;

    private Path in;

    @BeforeEach
    void makeFolders() throws IOException {
        in = Files.createDirectory(folder.toRealPath().resolve("in"));
    }

    private void numbers(String name, String columns, int from, int to) throws IOException {
        Path file = in.resolve(name);
        Files.createDirectories(file.getParent());
        DuckDbFiles.write(
                "SELECT " + columns + " FROM range(" + from + ", " + to + ") t(i)",
                2048,
                "COMPRESSION uncompressed",
                file);
    }

    private FoundInputs found() {
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.add(in + "/");
        return finder.found();
    }

    private FolderMerger merger(String out) {
        return merger(out, LocalStore.INSTANCE);
    }

    private FolderMerger merger(String out, ObjectStore store) {
        MergeOptions options = MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults()
                        .withThreads(1)
                        .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1000))))
                .withMaxFileBytes(40_000);
        return new FolderMerger(options, new ObjectRef(store, folder.resolve(out) + "/"));
    }

    @SuppressWarnings("unchecked")
    private static <T> T sent(T value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
            out.flush();
            try (ObjectInputStream read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return (T) read.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes outputs here, the last one first, from jobs that went through bytes. */
    private final class Elsewhere implements MergeRunner {
        private final Path temporary;
        private final IntPredicate fails;
        private final IntPredicate dies;

        /**
         * @param fails whether a job fails, by its index
         * @param dies whether the run dies after the output was announced and before it is published
         */
        Elsewhere(String out, IntPredicate fails, IntPredicate dies) {
            this.temporary = folder.resolve(out).resolve("_glulam_tmp");
            this.fails = fails;
            this.dies = dies;
        }

        @Override
        public void run(List<MergeJob> jobs, Sink sink) {
            CompactionOptions options = CompactionOptions.defaults()
                    .withThreads(1)
                    .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(1000)));
            for (int i = jobs.size() - 1; i >= 0; i--) {
                MergeJob job = jobs.get(i);
                if (fails.test(i)) {
                    sink.failed(job, new StorageFailed(Place.of("executor"), "it was lost", null));
                    continue;
                }
                String name = temporary.resolve(i + ".parquet").toString();
                MergeWriter writer = new MergeWriter(options, path -> LocalStore.object(Path.of(path)));
                MergeResult result = sent(writer.write(sent(job), LocalStore.object(Path.of(name)), name));
                sink.written(job, result);
            }
        }

        @Override
        public ObjectRef written(MergeResult result) {
            int index = Integer.parseInt(
                    Path.of(result.name()).getFileName().toString().replace(".parquet", ""));
            if (dies.test(index)) {
                try {

                    Files.deleteIfExists(Path.of(result.name()));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            return LocalStore.object(Path.of(result.name()));
        }
    }

    private Elsewhere elsewhere(String out) {
        return new Elsewhere(out, any -> false, any -> false);
    }

    private Map<String, byte[]> files(String out) throws IOException {
        Path root = folder.resolve(out);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .collect(Collectors.toMap(
                            file -> root.relativize(file).toString(),
                            file -> {
                                try {
                                    return Files.readAllBytes(file);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    private void fill() throws IOException {
        numbers("day=1/a.parquet", "i, i * 2 AS twice", 0, 1000);
        numbers("day=1/b.parquet", "i", 1000, 2000);
        numbers("day=1/c.parquet", "i, 'x' AS text", 2000, 2100);
        numbers("day=2/a.parquet", "i", 3000, 30000);
        numbers("day=2/b.parquet", "i", 30000, 30100);
    }

    @Test
    void outputsHaveTheBytesThatOneProcessWrites() throws IOException {
        fill();
        merger("one").merge(found());
        SpreadReport report = merger("many").merge(found(), elsewhere("many"));

        Map<String, byte[]> one = files("one");
        Map<String, byte[]> many = files("many");
        assertThat(report.outcome()).isEqualTo(Outcome.MERGED);
        assertThat(report.outputs()).isEqualTo(one.size()).isGreaterThan(3);
        assertThat(report.inputs().files()).isEqualTo(5);
        assertThat(many.keySet()).isEqualTo(one.keySet());
        one.forEach((name, bytes) -> assertThat(many.get(name)).as(name).isEqualTo(bytes));
    }

    @Test
    void aSecondRunAddsOnlyWhatIsNewAndEitherKindOfRunKnowsTheOther() throws IOException {
        numbers("a.parquet", "i", 0, 1000);
        numbers("b.parquet", "i", 1000, 2000);
        merger("out").merge(found(), elsewhere("out"));
        numbers("c.parquet", "i", 2000, 2500);
        numbers("d.parquet", "i", 2500, 3000);
        SpreadReport second = merger("out").merge(found(), elsewhere("out"));
        assertThat(second.inputs().files()).isEqualTo(2);
        assertThat(second.passedOver()).containsEntry(Reason.MERGED, 2);
        assertThat(files("out")).containsOnlyKeys("part-00000.parquet", "part-00001.parquet");
        assertThat(merger("out").merge(found()).outcome()).isEqualTo(Outcome.NO_CANDIDATES);
        assertRows("out", 3000);
    }

    private void assertRows(String out, int rows) throws IOException {
        Path expected = folder.resolve("expected.parquet");
        Files.deleteIfExists(expected);
        DuckDbFiles.write("SELECT i FROM range(" + rows + ") t(i)", 2048, "COMPRESSION snappy", expected);
        Path all = folder.resolve("all.parquet");
        Files.deleteIfExists(all);
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.add(folder.resolve(out).toString());
        new Merger(MergeOptions.defaults()).merge(finder.found(), (group, index) -> LocalStore.object(all));
        assertThat(DuckDb.firstDifferenceInAnyOrder(expected, all)).isEmpty();
    }

    @Test
    void aJobThatFailsLeavesNoFileAndTheNextRunMergesTheRest() throws IOException {
        for (int i = 0; i < 10; i++) {
            numbers(i + ".parquet", "i", i * 2000, i * 2000 + 2000);
        }
        for (int failing = 0; failing < 4; failing++) {
            int index = failing;
            String out = "failing" + failing;
            assertThatThrownBy(() -> merger(out).merge(found(), new Elsewhere(out, job -> job == index, any -> false)))
                    .isInstanceOf(StorageFailed.class)
                    .hasMessageContaining("it was lost");
            assertThat(files(out).keySet()).noneMatch(name -> name.startsWith("_glulam_tmp"));
            merger(out).merge(found(), elsewhere(out));
            assertRows(out, 20000);
        }
    }

    /** A published output waits until another one is on its way. */
    @Test
    void outputsAreCopiedAheadOfTheirTurnAndPublishedInTheOrderOfThePlan() throws IOException {
        for (int i = 0; i < 30; i++) {
            numbers(i / 10 + "" + i % 10 + ".parquet", "i", i * 2000, i * 2000 + 2000);
        }
        List<String> published = new ArrayList<>();
        StepStore store = StepStore.with(step -> {
            if (step.equals("publish part-00000.parquet")) {
                awaitCopies("many", 2);
            }
            if (step.startsWith("publish part")) {
                published.add(step);
            }
        });
        merger("one").merge(found());
        merger("many", store).merge(found(), elsewhere("many"));
        Map<String, byte[]> one = files("one");
        Map<String, byte[]> many = files("many");
        assertThat(published).hasSizeGreaterThan(10).isSorted();
        assertThat(many.keySet()).isEqualTo(one.keySet());
        one.forEach((name, bytes) -> assertThat(many.get(name)).as(name).isEqualTo(bytes));
        assertThat(temporaries("many")).isZero();
    }

    private void awaitCopies(String out, int count) {
        for (int i = 0; i < 30_000 && temporaries(out) < count; i++) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        assertThat(temporaries(out)).isGreaterThanOrEqualTo(count);
    }

    /** Files in the folder that are being written. */
    private long temporaries(String out) {
        try (Stream<Path> files = Files.list(folder.resolve(out))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".") && name.contains("part-"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatWasWrittenBeforeAFailureIsPublished() throws IOException {
        for (int i = 0; i < 10; i++) {
            numbers(i + ".parquet", "i", i * 2000, i * 2000 + 2000);
        }
        Elsewhere runner = elsewhere("before");
        MergeRunner failing = new MergeRunner() {
            @Override
            public void run(List<MergeJob> jobs, Sink sink) {
                runner.run(jobs.subList(0, 2), sink);
                sink.failed(jobs.get(2), new StorageFailed(Place.of("executor"), "it was lost", null));
            }

            @Override
            public ObjectRef written(MergeResult result) {
                return runner.written(result);
            }
        };
        assertThatThrownBy(() -> merger("before").merge(found(), failing)).hasMessageContaining("it was lost");
        assertThat(files("before")).containsOnlyKeys("part-00000.parquet", "part-00001.parquet");
        merger("before").merge(found(), elsewhere("before"));
        assertRows("before", 20000);
    }

    @Test
    void aFileThatVanishesBeforeItIsPublishedIsMergedByTheNextRun() throws IOException {
        for (int i = 0; i < 10; i++) {
            numbers(i + ".parquet", "i", i * 2000, i * 2000 + 2000);
        }
        assertThatThrownBy(() -> merger("dying").merge(found(), new Elsewhere("dying", any -> false, job -> job == 1)))
                .isInstanceOf(GlulamException.class);
        merger("dying").merge(found(), elsewhere("dying"));
        assertRows("dying", 20000);
    }

    @Test
    void anInputThatChangedAfterPlanningIsNotTaken() throws IOException {
        numbers("a.parquet", "i", 0, 1000);
        numbers("b.parquet", "i", 1000, 2000);
        Elsewhere runner = elsewhere("changed");
        MergeRunner changing = new MergeRunner() {
            @Override
            public void run(List<MergeJob> jobs, Sink sink) {
                try {
                    Files.delete(in.resolve("b.parquet"));
                    numbers("b.parquet", "i", 1000, 2001);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                runner.run(jobs, sink);
            }

            @Override
            public ObjectRef written(MergeResult result) {
                return runner.written(result);
            }
        };
        assertThatThrownBy(() -> merger("changed").merge(found(), changing)).isInstanceOf(SourceChanged.class);
        assertThat(files("changed")).isEmpty();
    }

    @Test
    void inputsAreNotDeletedBySeveralProcesses() {
        assertThatThrownBy(() -> merger("out").replacing().merge(found(), elsewhere("out")))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("deletes no inputs");
    }
}
