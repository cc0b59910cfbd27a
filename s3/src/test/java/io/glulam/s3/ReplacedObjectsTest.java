package io.glulam.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.FolderMerger;
import io.glulam.MergeOptions;
import io.glulam.MergeReport;
import io.glulam.MergeReport.Replaced;
import io.glulam.TableFormats;
import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.Unsupported;
import io.glulam.inputs.FoundInputs;
import io.glulam.inputs.InputFilter;
import io.glulam.inputs.InputFinder;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.RequestKind;
import io.glulam.storage.Traffic;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.oracle.DuckDb;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.Operation;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of a store that are merged into a prefix and deleted. */
class ReplacedObjectsTest {
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));

    @TempDir
    Path folder;

    private byte[] first;
    private byte[] second;
    private StrictStore server;
    private S3Store store;

    @BeforeEach
    void makeObjects() throws IOException {
        first = numbers(0, 1000);
        second = numbers(1000, 2000);
        start(StoreRules.S3);
    }

    private byte[] numbers(int from, int to) throws IOException {
        Path file = folder.resolve(from + "-" + to);
        return Files.readAllBytes(DuckDbFiles.write(
                "SELECT i FROM range(" + from + ", " + to + ") t(i)", 2048, "COMPRESSION snappy", file));
    }

    private void start(StoreRules rules) {
        if (server != null) {
            server.close();
        }
        server = StrictStore.start(rules);
        store = Stores.over(server, rules);
        server.put("in/a.parquet", Extents.of(first), Map.of());
        server.put("in/b.parquet", Extents.of(second), Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private FoundInputs found() {
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.addStored(store, store, "in/");
        return finder.found();
    }

    private FolderMerger merger() {
        return new FolderMerger(MergeOptions.defaults().withMaxFileBytes(1 << 20), new ObjectRef(store, "out/"));
    }

    private void assertReplaced(String what) throws IOException {
        InputFinder outputs = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        for (String key : server.keys()) {
            assertThat(key).as(what).doesNotStartWith("in/");
            if (key.endsWith(".parquet")) {
                Path file = folder.resolve("downloaded-" + key.replace('/', '-'));
                outputs.add(Files.write(file, server.get(key).toByteArray()).toString());
            }
        }
        FoundInputs found = outputs.found();
        assertThat(found.candidates()).as(what).hasSize(1);
        Path expected = folder.resolve("expected.parquet");
        if (!Files.exists(expected)) {
            DuckDbFiles.write("SELECT i FROM range(2000) t(i)", 2048, "COMPRESSION snappy", expected);
        }
        Path output = Path.of(found.candidates().get(0).object().key());
        assertThat(DuckDb.firstDifferenceInAnyOrder(expected, output)).as(what).isEmpty();
    }

    @Test
    void objectsAreDeletedOnceTheirRowsArePublished() throws IOException {
        MergeReport report = merger().replacing().merge(found());

        assertThat(report.replaced()).isEqualTo(new Replaced(2, 0));
        assertThat(server.count(Operation.DELETE)).isEqualTo(2);
        assertReplaced("after the run");
        assertThat(merger().replacing().merge(found()).inputs().files()).isZero();
    }

    @Test
    void objectsOfR2AreReplacedAsWell() throws IOException {
        start(StoreRules.R2);

        MergeReport report = merger().replacing(new ObjectRef(store, "kept/")).merge(found());

        assertThat(report.replaced()).isEqualTo(new Replaced(2, 0));
        assertThat(server.keys().stream().filter(key -> key.startsWith("kept/")))
                .hasSize(2);
        server.keys().stream().filter(key -> key.startsWith("kept/")).forEach(server::remove);
        assertReplaced("after the run");
    }

    /** The second run, since an answer that a manifest is missing is counted by no reader. */
    @Test
    void theReportCountsTheRequestsOfTheLeaseAndOfDeletingToo() throws IOException {
        merger().replacing().merge(found());
        server.put("in/c.parquet", Extents.of(numbers(2000, 2100)), Map.of());
        server.put("in/d.parquet", Extents.of(numbers(2100, 2200)), Map.of());
        FoundInputs found = found();
        server.reset();

        Traffic told = merger().replacing().merge(found).traffic();

        for (RequestKind kind :
                List.of(RequestKind.PUT, RequestKind.LIST, RequestKind.GET, RequestKind.HEAD, RequestKind.DELETE)) {
            long listed = kind == RequestKind.LIST ? found.listings().traffic().count(kind) : 0;
            assertThat(told.count(kind) - listed)
                    .as("%s", kind)
                    .isEqualTo(server.count(Operation.valueOf(kind.name())));
        }
        assertThat(told.count(RequestKind.DELETE)).as("two inputs and a lease").isEqualTo(3);
    }

    @Test
    void aLaterRunAddsWhatIsNewAndDeletesNothing() throws IOException {
        merger().merge(found());
        server.put("in/c.parquet", Extents.of(numbers(2000, 2100)), Map.of());

        MergeReport report = merger().merge(found());

        assertThat(report.inputs().rows()).isEqualTo(100);
        assertThat(server.keys())
                .contains("in/a.parquet", "in/c.parquet", "out/part-00000.parquet", "out/part-00001.parquet");
    }

    @Test
    void outputsInAPrefixThatIsMergedArePassedOver() {
        FolderMerger below =
                new FolderMerger(MergeOptions.defaults().withMaxFileBytes(1 << 20), new ObjectRef(store, "in/merged/"));
        below.merge(found());

        assertThat(below.merge(found()).inputs().files()).isZero();
    }

    @Test
    void anObjectThatChangesBeforeItIsDeletedStays() {
        server.doBefore((number, message) -> message.method().equals("HEAD")
                        && message.key().equals("in/a.parquet")
                        && server.keys().contains("out/part-00000.parquet")
                ? () -> server.put("in/a.parquet", Extents.of(second), Map.of())
                : null);

        assertThatThrownBy(() -> merger().replacing().merge(found()))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("in/a.parquet");
        assertThat(server.keys()).contains("in/a.parquet", "in/b.parquet");
    }

    @Test
    void aStoreThatCreatesUnconditionallyIsRefused() {
        start(StoreRules.S3.plain());

        assertThatThrownBy(() -> merger().replacing().merge(found()))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("only where there is none");
        assertThat(server.keys()).containsExactly("in/a.parquet", "in/b.parquet");
    }

    @Test
    @Tag("once")
    void whereverARunEndsTheNextOneEndsWithEachRowOnce() throws IOException {
        merger().replacing().merge(found());
        long requests = server.requests();
        assertThat(requests).isGreaterThan(20);
        int deaths = 0;
        for (Fault fault : List.of(Fault.RESET_BEFORE, Fault.RESET_AFTER)) {
            for (long last = 0; last < requests; last++) {
                start(StoreRules.S3);
                long end = last;
                server.failWith((number, message) -> number == end ? fault : number > end ? Fault.RESET_BEFORE : null);
                try {
                    merger().replacing().merge(found());
                } catch (GlulamException killed) {
                    deaths++;
                }
                server.failWith((number, message) -> null);

                merger().by(LATER).replacing().merge(found());

                assertReplaced(fault + " at request " + last);
            }
        }
        assertThat(deaths).as("giving the lease back may fail").isGreaterThan((int) (2 * requests - 12));
    }

    @Test
    void filesOfThisMachineAreMergedIntoAStoreAndDeleted() throws IOException {
        Path file = Files.write(folder.resolve("local.parquet"), first);
        InputFinder finder = new InputFinder(InputFilter.ALL, TableFormats::folderOf);
        finder.add(file.toString());
        finder.addStored(store, store, "in/b.parquet");
        finder.addStored(store, store, "in/a.parquet");

        MergeReport report = merger().replacing().merge(finder.found());

        assertThat(report.replaced()).isEqualTo(new Replaced(3, 0));
        assertThat(file).doesNotExist();
        assertThat(report.inputs().rows()).isEqualTo(3000);
    }
}
