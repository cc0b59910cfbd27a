package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.CompactionOptions;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a catalog of type hadoop, which is a folder. */
class FileSystemCatalogTest {
    @TempDir
    private Path folder;

    private IcebergTables.Access access() {
        return new IcebergTables.Access(
                folder.resolve("none"), List.of("type=hadoop", "warehouse=" + folder.resolve("warehouse")), Map.of());
    }

    private io.glulam.tables.Table open(TestTable table) {
        return IcebergTables.open(
                table.address(), access(), CompactionOptions.defaults().withThreads(1));
    }

    /** Puts the table's present metadata where a folder's catalog has its first version. */
    private static Path asVersioned(TestTable table) throws IOException {
        TableMetadata metadata = ((BaseTable) table.table()).operations().current();
        Path versions = Path.of(metadata.location(), "metadata");
        Files.writeString(versions.resolve("v1.metadata.json"), TableMetadataParser.toJson(metadata));
        return versions;
    }

    @Test
    void aCommitMakesTheNextVersionAndWarns() throws IOException {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            Path versions = asVersioned(table);
            TableReport report;
            try (io.glulam.tables.Table opened = open(table)) {
                report = opened.compact(TableRequest.defaults(), TableListener.NONE);
            }

            assertThat(report.counts().addedDataFiles()).isEqualTo(1);
            assertThat(report.plan().notes()).anyMatch(note -> note.contains("deprecated"));
            assertThat(versions.resolve("v2.metadata.json")).exists();
            assertThat(versions.resolve("version-hint.text")).hasContent("2");
        }
    }

    @Test
    void aWriterThatWasFirstWinsTheVersion() throws IOException {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            Path versions = asVersioned(table);
            try (io.glulam.tables.Table first = open(table);
                    io.glulam.tables.Table second = open(table)) {
                assertThatThrownBy(() -> first.compact(TableRequest.defaults(), new TableListener() {
                            @Override
                            public void written(int done, int outputs) {
                                second.compact(TableRequest.defaults(), TableListener.NONE);
                            }
                        }))
                        .isInstanceOf(SourceChanged.class);
            }
            assertThat(versions.resolve("v2.metadata.json")).exists();
            assertThat(versions.resolve("v3.metadata.json")).doesNotExist();
        }
    }

    @Test
    void aFolderThatHoldsNoTableIsNamed() {
        try (TestTable table = TestTable.of(folder, 2)) {
            try (io.glulam.tables.Table opened = open(table)) {
                assertThatThrownBy(() -> opened.plan(TableRequest.defaults()))
                        .isInstanceOf(StorageFailed.class)
                        .hasMessageContaining("there is no such table");
            }
        }
    }

    /** The specification allows the default of a struct, which is empty; Iceberg's library does not load such a table. */
    @Test
    void aTableWithADefaultOfAWholeStructIsRefused() throws IOException {
        Schema schema = new Schema(
                Types.NestedField.optional(1, "id", Types.LongType.get()),
                Types.NestedField.optional(
                        2, "place", Types.StructType.of(Types.NestedField.optional(3, "x", Types.IntegerType.get()))));
        try (TestTable table = TestTable.of(folder, schema, PartitionSpec.unpartitioned(), 3)) {
            Path first = asVersioned(table).resolve("v1.metadata.json");
            String metadata = Files.readString(first);
            String changed = metadata.replaceFirst("\"name\" ?: ?\"place\",", "$0\"initial-default\":{},");
            assertThat(changed).isNotEqualTo(metadata);
            Files.writeString(first, changed);

            try (io.glulam.tables.Table opened = open(table)) {
                assertThatThrownBy(() -> opened.plan(TableRequest.defaults()))
                        .isInstanceOf(Unsupported.class)
                        .hasMessageContaining("Iceberg's library does not read the table's metadata");
            }
        }
    }
}
