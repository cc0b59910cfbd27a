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
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IcebergCompactionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void smallFilesBecomeOneThatHoldsTheSameRows(int version) {
        try (TestTable table = TestTable.of(folder, version)) {
            table.appendEvents(6);
            List<String> before = table.rows();
            long snapshot = table.table().currentSnapshot().snapshotId();

            TableReport report = table.compact();

            assertThat(report.outcome()).isEqualTo(Outcome.COMPACTED);
            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(6);
            assertThat(report.counts().addedDataFiles()).isEqualTo(1);
            assertThat(table.files()).hasSize(1);
            assertThat(table.rows()).isEqualTo(before);
            assertThat(table.rows(snapshot)).as("time travel").isEqualTo(before);
            assertThat(table.table().currentSnapshot().operation()).isEqualTo("replace");
            assertThat(report.snapshots())
                    .containsExactly(table.table().currentSnapshot().snapshotId());
            assertThat(report.release()).contains("expire_snapshots").contains("db.events");
        }
    }

    @Test
    void aSecondRunFindsNothingToDo() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            table.compact();

            TableReport again = table.compact();

            assertThat(again.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
            assertThat(again.snapshots()).isEmpty();
            assertThat(table.plan().left()).extracting(LeftFiles::reason).containsExactly(LeftReason.ALONE);
        }
    }

    @Test
    void eachPartitionIsMergedApart() {
        PartitionSpec spec =
                PartitionSpec.builderFor(TestTable.EVENTS).identity("day").build();
        try (TestTable table = TestTable.of(folder, TestTable.EVENTS, spec, 2)) {
            for (int i = 0; i < 12; i++) {
                table.append(List.of(table.event(i), table.event(i + 100)));
            }
            List<String> before = table.rows();

            TableReport report = table.compact();

            assertThat(report.counts().addedDataFiles()).isEqualTo(2);
            assertThat(table.rows()).isEqualTo(before);
            assertThat(table.files())
                    .extracting(file -> spec.partitionToPath(file.partition()))
                    .containsExactlyInAnyOrder("day=day0", "day=day1");
            assertThat(table.files())
                    .allSatisfy(file -> assertThat(file.location()).contains(spec.partitionToPath(file.partition())));
        }
    }

    @Test
    void onlyPartitionsThatTheFilterSelectsAreMerged() {
        PartitionSpec spec =
                PartitionSpec.builderFor(TestTable.EVENTS).identity("day").build();
        try (TestTable table = TestTable.of(folder, TestTable.EVENTS, spec, 2)) {
            for (int i = 0; i < 12; i++) {
                table.append(List.of(table.event(i)));
            }

            TableReport report = table.compact(TableRequest.defaults().withWhere("day = 'day1'"));

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(6);
            assertThat(table.files()).hasSize(7);
            assertThat(table.plan(TableRequest.defaults().withWhere("day = 'none'"))
                            .outcome())
                    .isEqualTo(Outcome.NOTHING_SELECTED);
        }
    }

    @Test
    void aPlanTellsEachPartitionAndWritesNothing() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            long snapshot = table.table().currentSnapshot().snapshotId();

            TablePlan plan = table.plan();

            assertThat(plan.format()).isEqualTo("Iceberg v2");
            assertThat(plan.outcome()).isEqualTo(Outcome.COMPACTED);
            assertThat(plan.snapshot()).isEqualTo(snapshot);
            assertThat(plan.partitions()).singleElement().satisfies(partition -> {
                assertThat(partition.files()).isEqualTo(6);
                assertThat(partition.rows()).isEqualTo(600);
                assertThat(partition.candidates()).isEqualTo(6);
                assertThat(partition.outputs()).isEqualTo(1);
            });
            assertThat(table.table().currentSnapshot().snapshotId()).isEqualTo(snapshot);
        }
    }

    @Test
    void aTableWithoutASnapshotIsEmpty() {
        try (TestTable table = TestTable.of(folder, 2)) {
            assertThat(table.compact().outcome()).isEqualTo(Outcome.EMPTY_TABLE);
        }
    }

    @Test
    void metricsOfTheNewFileAreThoseOfItsSources() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            List<DataFile> sources = table.files();

            table.compact();

            DataFile merged = table.files().get(0);
            assertThat(merged.recordCount()).isEqualTo(600);
            for (int id : List.of(1, 2, 3, 4)) {
                assertThat(merged.valueCounts().get(id)).isEqualTo(600);
                assertThat(merged.nullValueCounts().get(id))
                        .isEqualTo(sources.stream()
                                .mapToLong(file -> file.nullValueCounts().get(id))
                                .sum());
            }
            assertThat(merged.nanValueCounts().get(3))
                    .isEqualTo(sources.stream()
                            .mapToLong(file -> file.nanValueCounts().get(3))
                            .sum())
                    .isPositive();
            assertThat(merged.lowerBounds().get(1).getLong(0)).isZero();
            assertThat(merged.upperBounds()
                            .get(1)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .getLong(0))
                    .isEqualTo(599);
            assertThat(merged.columnSizes()).containsKeys(1, 2, 3, 4, 6);
            assertThat(merged.splitOffsets()).first().isEqualTo(4L);
            assertThat(merged.fileSizeInBytes())
                    .isEqualTo(Path.of(merged.location()).toFile().length());
        }
    }
}
