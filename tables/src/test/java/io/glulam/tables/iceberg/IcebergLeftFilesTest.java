package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and tables of Iceberg that stay as they are, and the reasons that are named. */
@Tag("once")
class IcebergLeftFilesTest {
    @TempDir
    private Path folder;

    private static List<LeftReason> reasons(TablePlan plan) {
        return plan.left().stream().map(LeftFiles::reason).toList();
    }

    @Test
    void aFileWithPositionDeletesIsLeftAndNamed() {
        try (TestTable table = TestTable.of(folder, 2)) {
            DataFile deleted = table.append(table.events(1000, 1100));
            table.appendEvents(5);
            table.deletePositions(table.table(), deleted, 3, 4);
            List<String> before = table.rows();

            TableReport report = table.compact();

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(5);
            assertThat(report.plan().left()).singleElement().satisfies(left -> {
                assertThat(left.reason()).isEqualTo(LeftReason.POSITION_DELETES);
                assertThat(left.examples()).containsExactly(deleted.location());
                assertThat(left.remedy()).contains("rewrite_data_files").contains("delete-file-threshold");
            });
            assertThat(table.rows()).isEqualTo(before).hasSize(598);
        }
    }

    @Test
    void filesThatAnEqualityDeleteMayApplyToAreLeft() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6); // Only the first one's bounds allow for the id.
            table.deleteId(table.table(), null, 7);
            List<String> before = table.rows();

            TableReport report = table.compact();

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(5);
            assertThat(reasons(report.plan())).containsExactly(LeftReason.EQUALITY_DELETES);
            assertThat(table.rows()).isEqualTo(before).hasSize(599);
        }
    }

    @Test
    void filesThatAreOlderThanAnEqualityDeleteAreLeftAndLaterOnesAreMerged() {
        try (TestTable table = TestTable.of(folder, 2)) {
            for (int i = 0; i < 5; i++) {
                table.append(table.events(0, 50));
            }
            table.deleteId(table.table(), null, 7);
            assertThat(table.compact().outcome()).isEqualTo(Outcome.ALL_LEFT);
            for (int i = 0; i < 5; i++) {
                table.append(table.events(0, 50));
            }
            List<String> before = table.rows();

            assertThat(table.compact().counts().rewrittenDataFiles()).isEqualTo(5);
            assertThat(table.rows()).isEqualTo(before).hasSize(5 * 49 + 5 * 50);
        }
    }

    @Test
    void aFileWithADeletionVectorIsLeft() {
        try (TestTable table = TestTable.of(folder, 3)) {
            DataFile deleted = table.append(table.events(1000, 1100));
            table.appendEvents(5);
            table.deleteByVector(table.table(), deleted, 3, 4);
            List<String> before = table.lineage();

            TableReport report = table.compact();

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(5);
            assertThat(reasons(report.plan())).containsExactly(LeftReason.DELETION_VECTOR);
            assertThat(table.lineage()).isEqualTo(before).hasSize(598);
        }
    }

    @Test
    void filesThatAreNotParquetOrAreEncryptedAreLeft() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(5);
            Table opened = table.table();
            DataFile like = table.write(opened, table.events(0, 1));
            opened.newAppend()
                    .appendFile(DataFiles.builder(opened.spec())
                            .copy(like)
                            .withPath(like.location() + ".orc")
                            .withFormat(FileFormat.ORC)
                            .build())
                    .appendFile(DataFiles.builder(opened.spec())
                            .copy(like)
                            .withEncryptionKeyMetadata(ByteBuffer.wrap(new byte[] {1}))
                            .build())
                    .commit();

            TableReport report = table.compact();

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(5);
            assertThat(reasons(report.plan())).containsExactly(LeftReason.NOT_PARQUET, LeftReason.ENCRYPTED);
        }
    }

    @Test
    void aFileThatIsNotWhatTheManifestSaysIsLeftAndTheOthersAreMerged() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(5);
            Table opened = table.table();
            DataFile file = table.write(opened, table.events(0, 10));
            opened.newAppend()
                    .appendFile(DataFiles.builder(opened.spec())
                            .copy(file)
                            .withRecordCount(11)
                            .build())
                    .commit();

            TableReport report = table.compact();

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(5);
            assertThat(report.plan().left()).singleElement().satisfies(left -> {
                assertThat(left.reason()).isEqualTo(LeftReason.REFUSED);
                assertThat(left.examples().get(0)).contains(file.location()).contains("11");
            });
        }
    }

    @Test
    void aFormatVersionThatIsNotKnownAndEncryptedTablesAreRefused() {
        try (TestTable table = TestTable.of(folder, 3)) {
            table.appendEvents(1);
            table.table().updateProperties().set("encryption.key-id", "k").commit();
            assertThatThrownBy(table::compact).isInstanceOf(Unsupported.class).hasMessageContaining("encrypted");
        }
    }
}
