package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TablePlan;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SortOrder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of an Iceberg table become one: by partition spec, sort order, size and limits. */
@Tag("once")
class IcebergOutputsTest {
    private static final PartitionSpec BY_DAY =
            PartitionSpec.builderFor(TestTable.EVENTS).identity("day").build();

    @TempDir
    private Path folder;

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
            assertThat(report.plan().left()).extracting(LeftFiles::reason).contains(LeftReason.LIMITED);
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
}
