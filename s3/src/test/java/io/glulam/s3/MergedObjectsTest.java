package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.glulam.CompactionOptions;
import io.glulam.FolderMerger;
import io.glulam.MergeOptions;
import io.glulam.MergePreview;
import io.glulam.MergeReport;
import io.glulam.Merger;
import io.glulam.TableFormats;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.InputFinder;
import io.glulam.inputs.PassedOver;
import io.glulam.local.LocalStore;
import io.glulam.plan.Settings;
import io.glulam.plan.Threshold;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RequestKind;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.read.TripletComparison;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many objects of a store to few, counted by the store. */
@Tag("once")
class MergedObjectsTest {
    private static final String SNAPPY = "COMPRESSION snappy";

    @TempDir
    Path folder;

    private StrictStore server;
    private S3Store store;

    @BeforeEach
    void start() {
        start(StoreRules.S3);
    }

    private void start(StoreRules rules) {
        if (server != null) {
            server.close();
        }
        server = StrictStore.start(rules, folder);
        store = Stores.overPatiently(server, rules);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path put(String key, String query, int rowsInGroup) throws IOException {
        Path file = DuckDbFiles.write(query, rowsInGroup, SNAPPY, folder.resolve(key.replace('/', '-')));
        server.put(key, Extents.of(Files.readAllBytes(file)), Map.of());
        return file;
    }

    private FoundInputs find(String... keys) {
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        for (String key : keys) {
            finder.addStored(store, store, key);
        }
        return finder.found();
    }

    private MergeReport merge(MergeOptions options, FoundInputs inputs) {
        return new Merger(options).merge(inputs, (group, index) -> new ObjectRef(store, "out/" + index));
    }

    private Path downloaded(String key) throws IOException {
        return Files.write(folder.resolve("downloaded.parquet"), server.get(key).toByteArray());
    }

    private static MergeOptions keeping(long threshold) {
        return MergeOptions.defaults()
                .withCompaction(CompactionOptions.defaults()
                        .withSettings(Settings.defaults().withThreshold(new Threshold.Fixed(threshold))));
    }

    @Test
    void smallObjectTakesOneRequestAndItsBytesComeOnce() throws IOException {
        List<Path> files = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < 30; i++) {
            Path file = put("in/part-" + i + ".parquet", "SELECT i + " + i + " AS i FROM range(5000) t(i)", 2048);
            files.add(file);
            bytes += Files.size(file);
        }
        server.reset();

        MergeReport report = merge(MergeOptions.defaults(), find("in/"));

        long readBack = server.get("out/0").length();
        assertThat(server.count(Operation.GET)).isEqualTo(31);
        assertThat(server.downloaded()).isBetween(bytes, bytes + readBack);
        assertThat(report.traffic().count(RequestKind.GET)).isEqualTo(31);
        assertThat(report.traffic().downloaded()).isEqualTo(server.downloaded());
        assertThat(report.traffic().count(RequestKind.LIST)).isEqualTo(server.count(Operation.LIST));
        // Of the inputs, and of tables above them: the listing of the inputs has seen what lies below.
        assertThat(server.count(Operation.LIST)).isEqualTo(1 + 4);
        assertThat(server.requests()).isEqualTo(5 + 31 + 2); // The target is looked at, then written.
        assertThat(TripletComparison.firstDifference(local(files), downloaded("out/0")))
                .isEmpty();
    }

    /** The same files merged on a disk. */
    private Path local(List<Path> files) {
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        files.forEach(file -> finder.add(file.toString()));
        Path merged = folder.resolve("local.parquet");
        new Merger(MergeOptions.defaults()).merge(finder.found(), (group, index) -> LocalStore.object(merged));
        return merged;
    }

    @Test
    void healthyRowGroupsOfSeveralObjectsAreCopiedInsideTheStore() throws IOException {
        for (StoreRules rules : List.of(StoreRules.S3, StoreRules.R2)) {
            start(rules);
            List<Path> files = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                files.add(put(
                        "in/" + i + ".parquet", "SELECT hash(i + " + i + ") AS h FROM range(3300000) t(i)", 1_600_000));
            }
            server.reset();

            MergeReport report = merge(keeping(1 << 20), find("in/"));

            long bytes = report.inputs().bytes();
            assertThat(bytes).as("larger than what is read whole").isGreaterThan(3 * (8L << 20));
            assertThat(report.outputs().get(0).after().rowGroups())
                    .isEqualTo((int) report.inputs().rowGroups());
            assertThat(server.count(Operation.COPY_PART)).isGreaterThanOrEqualTo(3);
            assertThat(report.traffic().copied()).as("%s", rules).isGreaterThan(bytes / 2);
            assertThat(server.downloaded()).as("%s", rules).isLessThan(bytes / 2);
            assertThat(TripletComparison.firstDifference(local(files), downloaded("out/0")))
                    .isEmpty();
            Files.delete(folder.resolve("local.parquet"));
        }
    }

    @Test
    void rowGroupsThatLackAColumnAreCopiedBesideTheNullsMadeForIt() throws IOException {
        List<Path> files = new ArrayList<>();
        files.add(put("in/0.parquet", "SELECT hash(i) AS h FROM range(3300000) t(i)", 1_600_000));
        files.add(
                put("in/1.parquet", "SELECT nullif(i % 3, 1) AS x, hash(i) AS h FROM range(3300000) t(i)", 1_600_000));
        server.reset();

        MergeReport report = merge(keeping(1 << 20), find("in/"));

        assertThat(report.traffic().copied()).isGreaterThan(report.inputs().bytes() / 3);
        assertThat(TripletComparison.firstDifference(local(files), downloaded("out/0")))
                .isEmpty();
        Files.delete(folder.resolve("local.parquet"));
    }

    @Test
    void largeObjectsAreReadInFewRequests() throws IOException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            files.add(put("in/" + i + ".parquet", "SELECT hash(i + " + i + ") AS h FROM range(2000000) t(i)", 100_000));
        }
        server.reset();

        MergeReport report = merge(MergeOptions.defaults(), find("in/"));

        assertThat(report.inputs().bytes()).isGreaterThan(2 * (8L << 20));
        assertThat(server.count(Operation.GET)).isLessThanOrEqualTo(8);
        assertThat(server.downloaded())
                .isLessThan(report.inputs().bytes() + server.get("out/0").length() / 8);
        assertThat(TripletComparison.firstDifference(local(files), downloaded("out/0")))
                .isEmpty();
    }

    @Test
    void forecastOfADryRunIsWhatTheRunAsks() throws IOException {
        for (int i = 0; i < 7; i++) {
            put("in/" + i + ".parquet", "SELECT i FROM range(5000) t(i)", 2048);
        }
        MergePreview preview = new Merger(MergeOptions.defaults()).preview(find("in/"), store);

        MergeReport report = merge(MergeOptions.defaults(), find("in/"));

        assertThat(preview.expected().requests()).isEqualTo(report.traffic().requests());
        assertThat((double) preview.expected().downloaded())
                .isCloseTo(report.traffic().downloaded(), withinPercentage(15));
        assertThat(server.keys()).doesNotContain("output");
    }

    @Test
    void prefixIsWalkedAsAFolderIs() throws IOException {
        String query = "SELECT 1 AS x";
        for (String key : List.of(
                "in/dt=2/part-10.parquet",
                "in/dt=2/part-9.parquet",
                "in/dt=10/a.parquet",
                "in/z.parquet",
                "in/_logs/x.parquet",
                "in/dt=2/_SUCCESS",
                "in/notes.txt",
                "other/a.parquet")) {
            put(key, query, 2048);
        }
        server.put("in/none.parquet", Extents.of(new byte[0]), Map.of());

        FoundInputs found = find("in/");

        assertThat(found.candidates().stream().map(input -> input.object().key()))
                .containsExactly(
                        "in/z.parquet", "in/dt=2/part-9.parquet", "in/dt=2/part-10.parquet", "in/dt=10/a.parquet");
        assertThat(found.candidates().stream().map(input -> input.group()))
                .containsExactly("", "dt=2", "dt=2", "dt=10");
        assertThat(found.passedOverCounts())
                .isEqualTo(
                        Map.of(PassedOver.Reason.HIDDEN, 2, PassedOver.Reason.FOREIGN, 1, PassedOver.Reason.EMPTY, 1));
        assertThat(find("in/dt=*/part-?.parquet").candidates().stream()
                        .map(input -> input.object().key()))
                .containsExactly("in/dt=2/part-9.parquet");
    }

    @Test
    void searchesForTablesDoNotWaitForEachOther() throws IOException {
        put("a/b/0.parquet", "SELECT 1 AS x", 2048);
        put("a/b/1.parquet", "SELECT 2 AS x", 2048);
        CountDownLatch together = new CountDownLatch(8);
        server.doBefore((number, message) -> {
            boolean search = message.operation() == Operation.LIST
                    && !"a/b/".equals(message.query().get("prefix"));
            return search ? () -> meet(together) : null;
        });

        assertThat(merge(MergeOptions.defaults(), find("a/b/")).outputs()).hasSize(1);

        assertThat(together.getCount()).isZero();
    }

    /**
     * Requests that wait for one another: the listing, all that reads or looks, the upload, the look at the new object's end.
     */
    @Test
    void fiveObjectsTakeThirteenRequestsInFourSteps() throws IOException {
        for (int i = 0; i < 5; i++) {
            put("in/" + i + ".parquet", "SELECT i FROM range(5000) t(i)", 2048);
        }
        server.reset();
        CountDownLatch together = new CountDownLatch(4 + 5 + 1);
        List<Operation> asked = new ArrayList<>();
        server.doBefore((number, message) -> {
            synchronized (asked) {
                asked.add(message.operation());
            }
            return number > 0 && together.getCount() > 0 ? () -> meet(together) : null;
        });

        MergeReport report = new Merger(MergeOptions.defaults()).merge(find("in/"), new ObjectRef(store, "out/0"));

        assertThat(together.getCount()).isZero();
        assertThat(asked).hasSize(13).startsWith(Operation.LIST).endsWith(Operation.PUT, Operation.GET);
        assertThat(asked.subList(1, 11)).contains(Operation.HEAD).doesNotContain(Operation.PUT);
        assertThat(report.traffic().requests().values().stream()
                        .mapToLong(count -> count)
                        .sum())
                .isEqualTo(13);
    }

    private void putTwo() throws IOException {
        put("in/0.parquet", "SELECT 1 AS x", 2048);
        put("in/1.parquet", "SELECT 2 AS x", 2048);
    }

    @Test
    void targetThatIsThereIsRefusedBeforeAnythingIsWritten() throws IOException {
        putTwo();
        server.put("out/0", Extents.of(new byte[] {1}), Map.of());

        assertThatThrownBy(() -> new Merger(MergeOptions.defaults()).merge(find("in/"), new ObjectRef(store, "out/0")))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("the object exists");

        assertThat(server.count(Operation.HEAD)).isEqualTo(1);
        assertThat(server.count(Operation.PUT)).isZero();
        assertThat(server.get("out/0").length()).isEqualTo(1);
    }

    @Test
    void targetThatAppearsAfterItWasLookedAtStays() throws IOException {
        putTwo();
        server.doBefore((number, message) -> message.operation() == Operation.PUT
                ? () -> server.put("out/0", Extents.of(new byte[] {1}), Map.of())
                : null);

        assertThatThrownBy(() -> new Merger(MergeOptions.defaults()).merge(find("in/"), new ObjectRef(store, "out/0")))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("the object exists");

        assertThat(server.get("out/0").length()).isEqualTo(1);
    }

    @Test
    void targetIsLookedAtJustBeforeItIsWrittenWherePublishingDependsOnNothing() throws IOException {
        start(StoreRules.S3.plain());
        putTwo();
        List<String> asked = new ArrayList<>();
        server.doBefore((number, message) -> {
            synchronized (asked) {
                asked.add(message.operation() + " " + message.key());
            }
            return null;
        });

        new Merger(MergeOptions.defaults()).merge(find("in/"), new ObjectRef(store, "out/0"));

        assertThat(asked).containsSubsequence("HEAD out/0", "PUT out/0");
        assertThat(asked.subList(0, asked.indexOf("HEAD out/0"))).contains("GET in/0.parquet", "GET in/1.parquet");
    }

    @Test
    void lookAtATargetThatIsNotWrittenCounts() throws IOException {
        putTwo();
        server.reset();

        MergeReport report = new Merger(MergeOptions.defaults().withMinInputFiles(3))
                .merge(find("in/"), new ObjectRef(store, "out/0"));

        assertThat(report.outcome()).isEqualTo(MergeReport.Outcome.NO_CANDIDATES);
        assertThat(report.traffic().count(RequestKind.HEAD)).isEqualTo(1).isEqualTo(server.count(Operation.HEAD));
    }

    @Test
    void newRecordsOfAFolderAreNotLookedForOnceMore() throws IOException {
        putTwo();
        List<String> asked = new ArrayList<>();
        server.doBefore((number, message) -> {
            synchronized (asked) {
                asked.add(message.operation() + " " + message.key());
            }
            return null;
        });

        new FolderMerger(MergeOptions.defaults(), new ObjectRef(store, "out/")).merge(find("in/"));

        for (String record : List.of("out/_glulam_lease_00000001.json", "out/_glulam_manifest.json")) {
            assertThat(asked.subList(0, asked.indexOf("PUT " + record))).doesNotContain("HEAD " + record);
        }
        assertThat(server.keys()).contains("out/_glulam_manifest.json", "out/part-00000.parquet");
    }

    /** Waits until all others are here; for some seconds, so that a failure ends. */
    private static void meet(CountDownLatch together) {
        together.countDown();
        try {
            if (!together.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the others wait for this one");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void filesThatDuckLakeNamedAreRefusedWhereverItsCatalogLies() throws IOException {
        put("lake/0.parquet", "SELECT 1 AS x", 2048);
        put("lake/ducklake-0198c2f4-8d36-7c51-9b0e-5a1f2e3d4c5b.parquet", "SELECT 2 AS x", 2048);

        assertThatThrownBy(() -> merge(MergeOptions.defaults(), find("lake/")))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("a DuckLake table");
    }

    @Test
    void filesOfATableAreRefusedWhereverItsMetadataLies() throws IOException {
        for (int i = 0; i < 2; i++) {
            put("lake/events/dt=1/" + i + ".parquet", "SELECT 1 AS x", 2048);
            put("lake/clean/dt=1/" + i + ".parquet", "SELECT 1 AS x", 2048);
        }
        for (String metadata : List.of(
                "lake/events/_delta_log/0.json",
                "lake/events/metadata/v1.metadata.json",
                "lake/events/.hoodie/hoodie.properties",
                "lake/events/catalog.ducklake")) {
            server.put(metadata, Extents.of(new byte[] {1}), Map.of());
            for (String argument :
                    List.of("lake/", "lake/events/", "lake/events/dt=1/", "lake/events/dt=*/*.parquet")) {
                assertThatThrownBy(() -> merge(MergeOptions.defaults(), find(argument)))
                        .as("%s, %s", metadata, argument)
                        .isInstanceOf(Unsupported.class)
                        .hasMessageContaining("table");
            }
            assertThat(merge(MergeOptions.defaults(), find("lake/clean/")).outputs())
                    .hasSize(1);
            server.remove("out/0");
            server.remove(metadata);
        }
    }

    @Test
    void largeObjectThatChangesMeanwhileFailsTheRun() throws IOException {
        for (int i = 0; i < 2; i++) {
            put("in/" + i + ".parquet", "SELECT hash(i + " + i + ") AS h FROM range(2000000) t(i)", 100_000);
        }
        byte[] other = Files.readAllBytes(folder.resolve("in-0.parquet"));
        int[] reads = {0};
        server.doBefore((number, message) -> {
            boolean second = message.key().equals("in/1.parquet") && reads[0]++ == 1;
            return second ? () -> server.put("in/1.parquet", Extents.of(other), Map.of()) : null;
        });

        assertThatThrownBy(() -> merge(MergeOptions.defaults(), find("in/")))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("in/1.parquet");
        assertThat(server.keys()).doesNotContain("out/0");
    }

    @Test
    void objectsAndFilesAreMergedTogether() throws IOException {
        Path file = put("in/0.parquet", "SELECT i FROM range(5000) t(i)", 2048);
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.add(file.toString());
        finder.addStored(store, store, "in/0.parquet");

        MergeReport report = merge(MergeOptions.defaults(), finder.found());

        assertThat(report.inputs().rows()).isEqualTo(10_000);
        assertThat(TripletComparison.firstDifference(local(List.of(file, copy(file))), downloaded("out/0")))
                .isEmpty();
    }

    private Path copy(Path file) throws IOException {
        return Files.copy(file, folder.resolve("copy.parquet"));
    }

    @Test
    void twoHundredObjectsBecomeOne() throws IOException {
        IntStream.range(0, 200).forEach(i -> {
            try {
                put("in/" + i + ".parquet", "SELECT " + i + " AS i", 2048);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        MergeReport report = merge(MergeOptions.defaults(), find("in/"));

        assertThat(report.inputs().files()).isEqualTo(200);
        assertThat(report.inputs().rows()).isEqualTo(200);
        assertThat(report.outputs()).hasSize(1);
    }
}
