package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.TableVerification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a compaction keeps of an Iceberg table, one rule after the other: row ids, branches, codecs, files. */
@Tag("once")
class IcebergRulesTest {
    @TempDir
    private Path folder;

    @Test
    void rowIdsAndSequenceNumbersStayInVersion3() {
        try (TestTable table = TestTable.of(folder, 3)) {
            table.appendEvents(6);
            List<String> before = table.lineage();

            table.compact();
            assertThat(table.lineage()).isEqualTo(before);

            for (int i = 6; i < 11; i++) {
                table.append(table.events(100L * i, 100L * i + 100));
            }
            List<String> later = table.lineage();
            table.compact(); // One source has the columns of row lineage, the others do not.
            assertThat(table.files()).hasSize(1);
            assertThat(table.lineage()).isEqualTo(later);
        }
    }

    @Test
    void rowsOfFilesFromBeforeVersion3KeepTheirValues() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(3);
            table.table().updateProperties().set("format-version", "3").commit();
            for (int i = 3; i < 6; i++) {
                table.append(table.events(100L * i, 100L * i + 100));
            }
            List<String> before = table.rows();
            List<String> lineage = table.lineage();

            table.compact();

            assertThat(table.rows()).isEqualTo(before);
            assertThat(table.lineage()).hasSize(lineage.size());
        }
    }

    @Test
    void aBranchIsReadAndCommittedToAndTheMainOneStays() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            Table opened = table.table();
            long main = opened.currentSnapshot().snapshotId();
            opened.manageSnapshots().createBranch("audit").commit();

            TableReport report = table.compact(TableRequest.defaults().withBranch("audit"));

            opened.refresh();
            assertThat(opened.currentSnapshot().snapshotId()).isEqualTo(main);
            assertThat(opened.refs().get("audit").snapshotId())
                    .isEqualTo(report.snapshots().get(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> table.plan(TableRequest.defaults().withBranch("none")))
                    .withMessageContaining("no branch");
        }
    }

    @Test
    void whatIsRecodedAsSmallAsItGetsHasTheTablesCodecAndWhatMovesKeepsItsOwn() throws IOException {
        try (TestTable table = TestTable.of(folder, 2)) {
            codec(table, "snappy");
            table.appendEvents(4);
            codec(table, "gzip");
            table.compact("min-input-files=2");
            assertThat(codecs(table)).containsOnly(CompressionCodecName.SNAPPY);

            codec(table, "snappy");
            table.appendEvents(4);
            codec(table, "gzip");
            List<String> before = table.rows();
            Settings smallest = Settings.defaults().withEffort(Effort.SMALLEST);
            try (io.glulam.tables.Table open = table.open(smallest)) {
                open.compact(TestTable.request("rewrite-all=true", "min-input-files=2"), TableListener.NONE);
            }
            assertThat(codecs(table)).containsOnly(CompressionCodecName.GZIP);
            assertThat(table.rows()).isEqualTo(before);
        }
    }

    private static void codec(TestTable table, String codec) {
        table.table()
                .updateProperties()
                .set("write.parquet.compression-codec", codec)
                .set("write.parquet.compression-level", "3")
                .commit();
    }

    private static Set<CompressionCodecName> codecs(TestTable table) throws IOException {
        String path = table.files().get(0).location().replaceFirst("^file:(//)?", "");
        try (ParquetFileReader reader = ParquetFileReader.open(
                HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path("file:" + path), new Configuration(false)))) {
            return reader.getFooter().getBlocks().stream()
                    .flatMap(block -> block.getColumns().stream())
                    .map(ColumnChunkMetaData::getCodec)
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void twoSnapshotsAreComparedRowByRow() {
        try (TestTable table = TestTable.of(folder, 3)) {
            table.appendEvents(6);
            long before = table.table().currentSnapshot().snapshotId();
            table.compact();
            long after = table.table().currentSnapshot().snapshotId();
            try (io.glulam.tables.Table opened = table.open()) {
                TableVerification same = opened.verify(before, after);
                assertThat(same.equal()).isTrue();
                assertThat(same.rowsBefore()).isEqualTo(600);
            }

            Table other = table.other();
            DataFile file = table.files().get(0);
            DataFile changed = table.write(other, table.events(1, 601));
            other.newRewrite().deleteFile(file).addFile(changed).commit();
            try (io.glulam.tables.Table opened = table.open()) {
                TableVerification different =
                        opened.verify(after, table.table().currentSnapshot().snapshotId());
                assertThat(different.equal()).isFalse();
                assertThat(different.differences()).singleElement().asString().contains("differ");
                assertThatIllegalArgumentException().isThrownBy(() -> opened.verify(1, 2));
            }
        }
    }

    @Test
    void temporaryFilesThatKilledRunsLeftAreRemovedAfterADay() throws IOException {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(5);
            Path data = Path.of(table.files().get(0).location().replaceFirst("^file:(//)?", ""))
                    .getParent();
            FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
            Path left = Files.write(data.resolve(".00000-run-glulam.parquet.glulam-1-2-3.tmp"), new byte[9]);
            Path young = Files.write(data.resolve(".00001-run-glulam.parquet.glulam-1-2-3.tmp"), new byte[9]);
            Path other = Files.write(data.resolve(".part-0.parquet.glulam-1-2-3.tmp"), new byte[9]);
            Path orphan = Files.write(data.resolve("00000-run-glulam.parquet"), new byte[9]);
            for (Path file : List.of(left, other, orphan)) {
                Files.setLastModifiedTime(file, old);
            }

            table.compact();

            assertThat(left).doesNotExist();
            assertThat(List.of(young, other, orphan))
                    .allSatisfy(file -> assertThat(file).exists());
        }
    }

    @Test
    void aSnapshotPropertyTellsTheRunAndOldFilesStay() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            List<DataFile> sources = table.files();

            table.compact();

            assertThat(table.table().currentSnapshot().summary()).containsKey("glulam.run");
            assertThat(sources)
                    .allSatisfy(file -> assertThat(Path.of(file.location())).exists());
        }
    }
}
