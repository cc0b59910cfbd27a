package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.CompactionOptions;
import io.glulam.error.SourceChanged;
import io.glulam.local.LocalStore;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.iceberg.files.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another writer commits between planning and our commit, and what comes of it. */
@Tag("once")
class IcebergConflictTest {
    @TempDir
    private Path folder;

    /** Compacts; {@code meanwhile} runs when the new files are written and not committed yet. */
    private static TableReport compact(TestTable table, Consumer<Table> meanwhile) {
        try (io.glulam.tables.Table opened = table.open()) {
            return opened.compact(TableRequest.defaults(), new TableListener() {
                @Override
                public void written(int done, int outputs) {
                    if (done == outputs) {
                        meanwhile.accept(table.other());
                    }
                }
            });
        }
    }

    private void conflicts(TestTable table, Consumer<Table> meanwhile) {
        List<String> after = new java.util.ArrayList<>();
        assertThatThrownBy(() -> compact(table, other -> {
                    meanwhile.accept(other);
                    after.addAll(table.rows());
                }))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("a concurrent commit conflicts");
        assertThat(table.rows()).isEqualTo(after);
        assertThat(ourFiles()).isEmpty();
    }

    private List<Path> ourFiles() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("-glulam.parquet"))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void anAppendDoesNotConflict() {
        for (int version : new int[] {2, 3}) {
            try (TestTable table = TestTable.of(folder.resolve("v" + version), version)) {
                table.appendEvents(6);
                TableReport report = compact(table, other -> table.append(other, table.events(900, 1000)));
                assertThat(report.snapshots()).hasSize(1);
                assertThat(table.rows()).hasSize(700);
                assertThat(table.files()).hasSize(2);
            }
        }
    }

    @Test
    void anEqualityDeleteAppliesToTheNewFileToo() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            compact(table, other -> table.deleteId(other, null, 5));
            assertThat(table.rows()).hasSize(599);
            assertThat(table.files()).hasSize(1);
        }
    }

    @Test
    void aPositionDeleteOfASourceConflicts() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            DataFile source = table.files().get(0);
            conflicts(table, other -> table.deletePositions(other, source, 1));
        }
    }

    @Test
    void aDeletionVectorOfASourceConflicts() {
        try (TestTable table = TestTable.of(folder, 3)) {
            table.appendEvents(6);
            DataFile source = table.files().get(0);
            conflicts(table, other -> table.deleteByVector(other, source, 1));
        }
    }

    @Test
    void anotherCompactionConflicts() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            List<DataFile> sources = table.files();
            conflicts(table, other -> {
                DataFile merged = table.write(other, table.events(0, 100));
                other.newRewrite().deleteFile(sources.get(0)).addFile(merged).commit();
            });
        }
    }

    @Test
    void aSourceThatIsRemovedConflicts() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            DataFile source = table.files().get(0);
            conflicts(table, other -> other.newDelete().deleteFile(source).commit());
        }
    }

    @Test
    void aRollbackBeforeTheStartConflicts() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(1);
            long first = table.table().currentSnapshot().snapshotId();
            for (int i = 1; i < 6; i++) {
                table.append(table.events(100L * i, 100L * i + 100));
            }
            conflicts(
                    table,
                    other -> other.manageSnapshots().setCurrentSnapshot(first).commit());
        }
    }

    @Test
    void aChangedSchemaOrSpecDoesNotConflict() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            compact(table, other -> {
                other.updateSchema()
                        .addColumn("extra", Types.IntegerType.get())
                        .deleteColumn("price")
                        .commit();
                other.updateSpec().addField("day").commit();
            });
            assertThat(table.rows()).hasSize(600);
            assertThat(table.files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.specId()).isZero());
        }
    }

    @Test
    void anUpgradeToVersion3DoesNotConflict() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            List<String> before = table.rows();
            compact(
                    table,
                    other -> other.updateProperties().set("format-version", "3").commit());
            assertThat(table.rows()).isEqualTo(before);
        }
    }

    /** Carries a commit out and loses its answer, as a database does whose connection is cut in between. */
    private record Forgetful(TableOperations origin) implements TableOperations {
        @Override
        public void commit(TableMetadata base, TableMetadata metadata) {
            origin.commit(base, metadata);
            throw new UncheckedSQLException("the connection was cut");
        }

        @Override
        public TableMetadata current() {
            return origin.current();
        }

        @Override
        public TableMetadata refresh() {
            return origin.refresh();
        }

        @Override
        public FileIO io() {
            return origin.io();
        }

        @Override
        public String metadataFileLocation(String name) {
            return origin.metadataFileLocation(name);
        }

        @Override
        public LocationProvider locationProvider() {
            return origin.locationProvider();
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsLookedForWhateverTheCatalogIs() throws IOException {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            List<String> before = table.rows();
            Table forgetful = new BaseTable(new Forgetful(((BaseTable) table.other()).operations()), "test.db.events");
            TableRewrite rewrite = new TableRewrite(
                    forgetful,
                    new TableAddress.Iceberg("test", List.of("db"), "events"),
                    Locations.ANY,
                    path -> LocalStore.object(Path.of(Locations.normal(path))),
                    CompactionOptions.defaults(),
                    TableRequest.defaults());

            TableReport report = rewrite.run(rewrite.plan(List.of()), rewrite.here(), Map.of(), TableListener.NONE)
                    .report();

            assertThat(report.snapshots())
                    .containsExactly(table.other().currentSnapshot().snapshotId());
            assertThat(ourFiles()).hasSize(1);
            assertThat(table.rows()).isEqualTo(before);
        }
    }
}
