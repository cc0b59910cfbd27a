package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.plan.Effort;
import io.glulam.plan.Settings;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.TableVerification;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules by which files of an Iceberg table may be merged, one by one. */
@Tag("once")
class IcebergRulesTest {
    @TempDir
    private Path folder;

    private static final PartitionSpec BY_DAY =
            PartitionSpec.builderFor(TestTable.EVENTS).identity("day").build();

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
    void filesOfAnOlderSpecAreMergedApartAndKeepIt() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(5);
            table.table().updateSpec().addField("day").commit();
            for (int i = 0; i < 6; i++) {
                table.append(List.of(table.event(2L * i)));
            }
            List<String> before = table.rows();

            TableReport report = table.compact();

            assertThat(report.counts().addedDataFiles()).isEqualTo(2);
            assertThat(table.files()).extracting(DataFile::specId).containsExactlyInAnyOrder(0, 1);
            assertThat(table.rows()).isEqualTo(before);
        }
    }

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
    void filesOfASortedTableAreMergedInTheOrderOfTheirKeysAndStaySorted() {
        SortOrder byId = SortOrder.builderFor(TestTable.EVENTS).asc("id").build();
        try (TestTable table = TestTable.of(
                folder, TestTable.EVENTS, PartitionSpec.unpartitioned(), byId, Map.of("format-version", "2"))) {
            for (int i : new int[] {4, 2, 0, 5, 1, 3}) {
                DataFile file = table.write(table.table(), table.events(100L * i, 100L * i + 100));
                table.table()
                        .newAppend()
                        .appendFile(DataFiles.builder(table.table().spec())
                                .copy(file)
                                .withSortOrder(table.table().sortOrder())
                                .build())
                        .commit();
            }

            TableReport report = table.compact();

            assertThat(table.files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.sortOrderId())
                            .isEqualTo(table.table().sortOrder().orderId()));
            assertThat(report.plan().notes())
                    .containsExactly("the sources' bounds prove the table's sort order for 1 of 1 new files");
            assertThat(table.idsInOrder()).isSorted();
        }
    }

    @Test
    void aSortedTableWhoseFilesOverlapIsMergedAsUnsorted() {
        SortOrder byId = SortOrder.builderFor(TestTable.EVENTS).asc("id").build();
        try (TestTable table = TestTable.of(
                folder, TestTable.EVENTS, PartitionSpec.unpartitioned(), byId, Map.of("format-version", "2"))) {
            for (int i = 0; i < 6; i++) {
                DataFile file = table.write(table.table(), table.events(50L * i, 50L * i + 100));
                table.table()
                        .newAppend()
                        .appendFile(DataFiles.builder(table.table().spec())
                                .copy(file)
                                .withSortOrder(table.table().sortOrder())
                                .build())
                        .commit();
            }

            TableReport report = table.compact();

            assertThat(table.files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.sortOrderId()).isIn(null, 0));
            assertThat(report.plan().notes())
                    .containsExactly("the sources' bounds prove the table's sort order for 0 of 1 new files;"
                            + " the others are marked as unsorted");
        }
    }

    @Test
    void partialProgressCommitsGroupsInSeveralCommits() {
        try (TestTable table = TestTable.of(folder, TestTable.EVENTS, BY_DAY, 2)) {
            for (int i = 0; i < 12; i++) {
                table.append(List.of(table.event(i)));
            }
            List<String> before = table.rows();

            TableReport report = table.compact("partial-progress.enabled=true", "max-commits=2");

            assertThat(report.snapshots()).hasSize(2);
            assertThat(table.rows()).isEqualTo(before);
        }
    }

    @Test
    void onlyAsManyFilesAreMergedAsTheLimitAllows() {
        try (TestTable table = TestTable.of(folder, TestTable.EVENTS, BY_DAY, 2)) {
            for (int i = 0; i < 12; i++) {
                table.append(List.of(table.event(i)));
            }

            TableReport report = table.compact("max-files-to-rewrite=8");

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(6);
            assertThat(reasons(report.plan())).contains(LeftReason.LIMITED);
        }
    }

    @Test
    void outputsHaveAboutTheTargetSizeAndASecondRunLeavesThem() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(20);
            long bytes = table.files().get(0).fileSizeInBytes();
            String target = "target-file-size-bytes=" + bytes * 6;
            List<String> before = table.rows();

            TableReport report = table.compact(target);

            assertThat(report.counts().addedDataFiles()).isGreaterThan(2);
            assertThat(table.rows()).isEqualTo(before);
            for (int i = 0; i < 5 && table.compact(target).outcome() == Outcome.COMPACTED; i++) {
                // Outputs came out smaller than their sources together; some fit one file now.
            }
            assertThat(table.plan(target).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(table.rows()).isEqualTo(before);
        }
    }

    @Test
    void aLargeFileOfTinyRowGroupsIsCompactedAndThenLeft() {
        try (TestTable table = TestTable.of(
                folder,
                TestTable.EVENTS,
                PartitionSpec.unpartitioned(),
                SortOrder.unsorted(),
                Map.of(
                        "format-version", "2",
                        "write.parquet.row-group-size-bytes", "4096",
                        "write.parquet.row-group-check-min-record-count", "100",
                        "write.parquet.row-group-check-max-record-count", "100"))) {
            DataFile file = table.append(table.events(0, 20_000));
            assertThat(file.splitOffsets()).hasSizeGreaterThan(20);
            table.table()
                    .updateProperties()
                    .remove("write.parquet.row-group-size-bytes")
                    .commit();
            List<String> before = table.rows();
            String[] sizes = {
                "target-file-size-bytes=" + file.fileSizeInBytes(), "min-file-size-bytes=" + file.fileSizeInBytes() / 10
            };

            TablePlan plan = table.plan(sizes);
            assertThat(plan.outcome()).isEqualTo(Outcome.COMPACTED);
            assertThat(plan.judgment().sampled()).isEqualTo(1);
            table.compact(sizes);

            assertThat(table.files())
                    .singleElement()
                    .satisfies(merged -> assertThat(merged.splitOffsets()).hasSize(1));
            assertThat(table.rows()).isEqualTo(before);
            assertThat(table.compact(sizes).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(table.plan(TableRequest.defaults().withMaxFooters(0))
                            .judgment()
                            .sampled())
                    .isZero();
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
    void aFormatVersionThatIsNotKnownAndEncryptedTablesAreRefused() {
        try (TestTable table = TestTable.of(folder, 3)) {
            table.appendEvents(1);
            table.table().updateProperties().set("encryption.key-id", "k").commit();
            assertThatThrownBy(table::compact).isInstanceOf(Unsupported.class).hasMessageContaining("encrypted");
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
