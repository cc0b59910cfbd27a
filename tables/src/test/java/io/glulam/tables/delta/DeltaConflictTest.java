package io.glulam.tables.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.error.SourceChanged;
import io.glulam.error.Unsupported;
import io.glulam.tables.Outcome;
import io.glulam.tables.Table;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other writers do between writing the new files and the commit, what is refused, and what a killed run leaves. */
@Tag("once")
class DeltaConflictTest {
    private static final StructType SCHEMA =
            new StructType().add("id", LongType.LONG).add("name", StringType.STRING);

    @TempDir
    private Path folder;

    /** Ends a run as a kill does: nothing of it cleans up. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** What happens when the new files are written and not committed yet. */
    private interface Meanwhile {
        void run() throws IOException;
    }

    private static TableReport compact(KernelTable table, Meanwhile meanwhile) {
        TableListener listener = new TableListener() {
            @Override
            public void written(int done, int outputs) {
                try {
                    meanwhile.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        try (Table opened = table.open()) {
            return opened.compact(TableRequest.defaults(), listener);
        }
    }

    private KernelTable table(Map<String, String> properties) throws IOException {
        KernelTable table = new KernelTable(folder.resolve("table")).create(SCHEMA, properties);
        for (long file = 0; file < 3; file++) {
            table.append(new Object[] {file * 2, "a"}, new Object[] {file * 2 + 1, null});
        }
        return table;
    }

    /** Names of the data files that lie in the folder, active or not. */
    private static Set<String> dataFiles(KernelTable table) throws IOException {
        try (Stream<Path> files = Files.list(table.folder())) {
            return new TreeSet<>(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".parquet") && !name.startsWith("."))
                    .toList());
        }
    }

    private static void append(KernelTable table, String action) throws IOException {
        Files.writeString(table.log(table.version() + 1), action + "\n");
    }

    @Test
    void rowsThatAreAppendedMeanwhileStay() throws IOException {
        for (boolean tracked : List.of(false, true)) {
            KernelTable table = new KernelTable(folder.resolve("tracked-" + tracked))
                    .create(SCHEMA, Map.of("delta.enableRowTracking", Boolean.toString(tracked)));
            table.append(new Object[] {1L, "a"}).append(new Object[] {2L, "b"});

            TableReport report =
                    compact(table, () -> table.append(new Object[] {3L, "c"}).append(new Object[] {4L, "d"}));

            assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
            assertThat(report.snapshots()).containsExactly(5L);
            assertThat(table.rows()).isEqualTo(table.rows(4)).hasSize(4);
            assertThat(table.files()).hasSize(3);
            if (tracked) {
                assertThat(table.trackedRows().stream().map(row -> row.replaceFirst(".*row_id=", "row_id=")))
                        .containsExactly(
                                "row_id=0, row_version=1]",
                                "row_id=1, row_version=2]",
                                "row_id=2, row_version=3]",
                                "row_id=3, row_version=4]");
            }
        }
    }

    @Test
    void aFileThatIsRemovedMeanwhileEndsTheRunAndItsNewFilesGo() throws IOException {
        KernelTable table = table(Map.of());
        Set<String> files = dataFiles(table);
        AddFile removed = table.files().get(0);

        assertThatThrownBy(() -> compact(
                        table,
                        () -> append(
                                table,
                                "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}"
                                        .formatted(removed.getPath()))))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("removed 1 of the files");

        assertThat(table.version()).isEqualTo(4);
        assertThat(table.rows()).hasSize(4);
        assertThat(dataFiles(table)).isEqualTo(files);
    }

    @Test
    void rowsThatAreDeletedMeanwhileEndTheRun() throws IOException {
        KernelTable table = table(Map.of("delta.enableDeletionVectors", "true"));
        Set<String> files = dataFiles(table);
        AddFile file = table.files().get(0);
        String remove =
                "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}".formatted(file.getPath());
        String add =
                ("{\"add\":{\"path\":\"%s\",\"partitionValues\":{},\"size\":%d,\"modificationTime\":1,\"dataChange\":true,"
                                + "\"deletionVector\":{\"storageType\":\"i\",\"pathOrInlineDv\":\"00000\",\"sizeInBytes\":4,"
                                + "\"cardinality\":1}}}")
                        .formatted(file.getPath(), file.getSize());

        assertThatThrownBy(() -> compact(table, () -> append(table, remove + "\n" + add)))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("deleted rows of " + file.getPath());

        assertThat(table.version()).isEqualTo(4);
        assertThat(dataFiles(table)).isEqualTo(files);
    }

    @Test
    void propertiesOrASchemaThatChangeMeanwhileEndTheRun() throws IOException {
        KernelTable table = table(Map.of());
        Set<String> files = dataFiles(table);

        assertThatThrownBy(
                        () -> compact(table, () -> table.set(Map.of("delta.logRetentionDuration", "interval 9 days"))))
                .isInstanceOf(SourceChanged.class)
                .hasMessageContaining("schema, properties or protocol");

        assertThat(table.version()).isEqualTo(4);
        assertThat(table.rows()).hasSize(6);
        assertThat(dataFiles(table)).isEqualTo(files);
    }

    @Test
    void twoCompactionsAtOnceReplaceTheFilesOnce() throws IOException {
        KernelTable table = table(Map.of());

        assertThatThrownBy(() -> compact(table, () -> compact(table, () -> {}))).isInstanceOf(SourceChanged.class);

        assertThat(table.files()).hasSize(1);
        assertThat(table.rows()).isEqualTo(table.rows(3)).hasSize(6);
        assertThat(dataFiles(table)).hasSize(4);
    }

    @Test
    void aRunThatIsKilledBeforeTheCommitLeavesTheTableAsItWas() throws IOException {
        KernelTable table = table(Map.of());

        assertThatThrownBy(() -> compact(table, () -> {
                    throw new Killed();
                }))
                .isInstanceOf(Killed.class);
        assertThat(table.version()).isEqualTo(3);
        assertThat(table.rows()).hasSize(6);

        assertThat(compact(table, () -> {}).counts().rewrittenDataFiles()).isEqualTo(3);
        assertThat(table.rows()).isEqualTo(table.rows(3)).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "catalogManaged",
                "icebergCompatV1",
                "icebergCompatV2",
                "icebergWriterCompatV1",
                "materializePartitionColumns",
                "collations-preview",
                "geospatial",
                "variantType",
                "typeWidening-preview",
                "aFeatureOfTheFuture"
            })
    void otherFeaturesAreRefusedByNameAndTheTableStaysAsItIs(String feature) throws IOException {
        KernelTable table = table(Map.of());
        append(
                table,
                ("{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":[],"
                                + "\"writerFeatures\":[\"appendOnly\",\"%s\"]}}")
                        .formatted(feature));
        Map<String, String> before = table.everything();

        assertThatThrownBy(() -> compact(table, () -> {}))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(feature);

        assertThat(table.everything()).isEqualTo(before);
    }

    @Test
    void tablesWithChecksOnRowsAreRefusedAsTheKernelDoesNotWriteToThem() throws IOException {
        KernelTable table = table(Map.of());
        String commit = table.commit(0);
        String metadata = commit.lines()
                .filter(line -> line.startsWith("{\"metaData\""))
                .findFirst()
                .orElseThrow();
        append(
                table,
                "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":3}}\n"
                        + metadata.replace(
                                "\"configuration\":{", "\"configuration\":{\"delta.constraints.c\":\"id > 0\""));
        Map<String, String> before = table.everything();

        assertThatThrownBy(() -> compact(table, () -> {}))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("checkConstraints");

        assertThat(table.everything()).isEqualTo(before);
    }

    @Test
    void aFolderWithoutALogIsNoTable() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        assertThatThrownBy(() -> compact(new KernelTable(empty), () -> {}))
                .hasMessageContaining(empty.toString())
                .hasMessageContaining("Delta table");
    }
}
