package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.glulam.CompactionOptions;
import io.glulam.error.SourceChanged;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of Iceberg's own REST catalog: {@code GLULAM_ICEBERG_REST} names one that runs in another process. */
@Tag("once")
class RealRestCatalogTest {
    private static final String URI_OF_CATALOG = System.getenv("GLULAM_ICEBERG_REST");
    private static final int TRIES = 120;

    @TempDir
    private Path folder;

    @BeforeEach
    void awaitCatalog() throws InterruptedException {
        assumeThat(URI_OF_CATALOG).isNotNull();
        URI uri = URI.create(URI_OF_CATALOG);
        for (int i = 0; ; i++) {
            try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
                return;
            } catch (IOException e) {
                assertThat(i).as("tries to reach " + uri).isLessThan(TRIES);
                Thread.sleep(500);
            }
        }
    }

    private TestTable table(String version) {
        Map<String, String> catalog = Map.of(
                "rest",
                "true",
                "uri",
                URI_OF_CATALOG,
                "warehouse",
                "",
                "namespace",
                "n" + UUID.randomUUID().toString().replace("-", ""));
        return TestTable.in(catalog, folder, Map.of("format-version", version));
    }

    /** The catalog is on this machine and names local files, which a remote one may not. */
    private static io.glulam.tables.Table open(TestTable table) {
        String files = table.table().location().replaceFirst("^file:/*", "/");
        IcebergTables.Access access = new IcebergTables.Access(
                Path.of("none"),
                List.of("type=rest", "uri=" + URI_OF_CATALOG, "allowed-locations=" + files + ",file:" + files),
                Map.of());
        return IcebergTables.open(
                table.address(), access, CompactionOptions.defaults().withThreads(1));
    }

    @Test
    void rowsAndLineageStayInTablesOfEachVersion() {
        for (String version : List.of("1", "2", "3")) {
            try (TestTable table = table(version);
                    io.glulam.tables.Table opened = open(table)) {
                table.appendEvents(6);
                List<String> before = version.equals("3") ? table.lineage() : table.rows();
                long old = table.table().currentSnapshot().snapshotId();

                TableReport report = opened.compact(TestTable.request(), TableListener.NONE);

                assertThat(report.counts().addedDataFiles()).isEqualTo(1);
                assertThat(version.equals("3") ? table.lineage() : table.rows()).isEqualTo(before);
                assertThat(table.files()).hasSize(1);
                assertThat(opened.verify(old, report.snapshots().get(0)).equal())
                        .isTrue();
            }
        }
    }

    @Test
    void anAppendThatComesMeanwhileStaysAndARemovedSourceEndsTheRun() {
        try (TestTable table = table("2");
                io.glulam.tables.Table opened = open(table)) {
            table.appendEvents(6);
            opened.compact(TestTable.request(), before(() -> table.append(table.events(1_000, 1_100))));
            assertThat(table.rows()).hasSize(700);
            assertThat(table.files()).hasSize(2);

            table.appendEvents(6);
            DataFile removed = table.append(table.events(2_000, 2_100));
            assertThatThrownBy(() -> opened.compact(
                            TestTable.request(),
                            before(() -> table.table()
                                    .newDelete()
                                    .deleteFile(removed)
                                    .commit())))
                    .isInstanceOf(SourceChanged.class);
            assertThat(table.rows()).hasSize(1_300);
        }
    }

    /** Something that another writer commits before the compaction does. */
    private static TableListener before(Runnable other) {
        return new TableListener() {
            @Override
            public void written(int done, int outputs) {
                other.run();
            }
        };
    }
}
