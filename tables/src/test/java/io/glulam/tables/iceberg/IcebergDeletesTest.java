package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.SourceChanged;
import io.glulam.error.Unsupported;
import io.glulam.tables.LeftFiles;
import io.glulam.tables.LeftReason;
import io.glulam.tables.Outcome;
import io.glulam.tables.TableListener;
import io.glulam.tables.TablePlan.DeletesToApply;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deletes of an Iceberg table, applied while its files are merged. */
@Tag("once")
class IcebergDeletesTest {
    @TempDir
    private Path folder;

    private static TableRequest applying(String... options) {
        return TestTable.request(options).withApplyDeletes(true);
    }

    private static TableReport compact(TestTable table, String... options) {
        return table.compact(applying(options));
    }

    private static void meanwhile(TestTable table, Consumer<Table> action) {
        try (io.glulam.tables.Table opened = table.open()) {
            opened.compact(applying(), new TableListener() {
                @Override
                public void written(int done, int outputs) {
                    if (done == outputs) {
                        action.accept(table.other());
                    }
                }
            });
        }
    }

    private static long[] range(int from, int to) {
        return IntStream.range(from, to).asLongStream().toArray();
    }

    @ParameterizedTest
    @EnumSource(
            value = FileFormat.class,
            names = {"PARQUET", "AVRO"})
    void positionDeletesAreAppliedAndTheirFileGoes(FileFormat format) {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(5);
            List<DataFile> files = table.files();
            table.deletePosition(format, 3, files.get(0), files.get(1), files.get(4));
            List<String> before = table.rows();
            assertThat(table.plan(applying()).deletes()).isEqualTo(new DeletesToApply(5, 1));

            TableReport report = compact(table);

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(5);
            assertThat(report.counts().removedDeleteFiles()).isEqualTo(1);
            assertThat(report.deletes().rows()).isEqualTo(3);
            assertThat(report.deletes().cutPages()).isPositive();
            assertThat(table.rows()).isEqualTo(before).hasSize(497);
            assertThat(table.totalDeleteFiles()).isEqualTo("0");
            assertThat(table.files())
                    .singleElement()
                    .satisfies(file -> assertThat(file.recordCount()).isEqualTo(497));
            assertThat(table.plan(applying()).outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
        }
    }

    @Test
    void deletionVectorsAreAppliedAndRowIdsStay() {
        try (TestTable table = TestTable.of(folder, 3)) {
            table.appendEvents(6);
            List<DataFile> files = table.files();
            table.deleteByVector(table.table(), files.get(0), 0, 1, 2, 50);
            table.deleteByVector(table.table(), files.get(3), range(0, 100));
            List<String> before = table.lineage();

            TableReport report = compact(table);

            assertThat(report.counts().removedDeleteFiles()).isEqualTo(2);
            assertThat(report.deletes().rows()).isEqualTo(104);
            assertThat(table.lineage()).isEqualTo(before).hasSize(496);
            assertThat(table.totalDeleteFiles()).isEqualTo("0");

            // Once more, of a file that has the columns of row lineage.
            table.deleteByVector(table.table(), table.files().get(0), 7, 400);
            List<String> later = table.lineage();
            assertThat(compact(table).counts().rewrittenDataFiles()).isEqualTo(1);
            assertThat(table.lineage()).isEqualTo(later).hasSize(494);
        }
    }

    @Test
    void aDeleteFileStaysThatAlsoAppliesToAFileThatIsLeft() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            List<DataFile> files = table.files();
            table.deletePosition(FileFormat.PARQUET, 3, files.toArray(DataFile[]::new));
            table.deleteId(table.table(), null, 250); // Only one file's bounds allow for the id.
            List<String> before = table.rows();

            TableReport report = compact(table);

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(5);
            assertThat(report.counts().removedDeleteFiles()).isZero();
            assertThat(report.plan().left()).extracting(LeftFiles::reason).containsExactly(LeftReason.EQUALITY_DELETES);
            assertThat(table.deleteFiles()).hasSize(2);
            assertThat(table.rows()).isEqualTo(before).hasSize(593);
        }
    }

    @Test
    void aDeleteFileStaysThatAlsoAppliesToAFileBeyondTheLimit() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            table.deletePosition(FileFormat.PARQUET, 3, table.files().toArray(DataFile[]::new));
            List<String> before = table.rows();

            TableReport report =
                    compact(table, "max-file-group-input-files=3", "min-input-files=2", "max-files-to-rewrite=3");

            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(3);
            assertThat(report.counts().removedDeleteFiles()).isZero();
            assertThat(table.rows()).isEqualTo(before).hasSize(594);
        }
    }

    @Test
    void withPartialProgressADeleteFileGoesWithTheLastFileThatItAppliesTo() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            table.deletePosition(FileFormat.PARQUET, 3, table.files().toArray(DataFile[]::new));
            List<String> before = table.rows();

            TableReport report = compact(
                    table,
                    "max-file-group-input-files=3",
                    "min-input-files=2",
                    "partial-progress.enabled=true",
                    "partial-progress.max-commits=2");

            assertThat(report.snapshots()).hasSize(2);
            assertThat(report.counts().removedDeleteFiles()).isEqualTo(1);
            assertThat(table.rows(report.snapshots().get(0))).isEqualTo(before);
            assertThat(table.rows()).isEqualTo(before).hasSize(594);
            assertThat(table.totalDeleteFiles()).isEqualTo("0");
        }
    }

    @Test
    void aDeleteThatArrivesMeanwhileConflicts() {
        for (int version : new int[] {2, 3}) {
            try (TestTable table = TestTable.of(folder.resolve("v" + version), version)) {
                table.appendEvents(6);
                DataFile first = table.files().get(0);
                DataFile second = table.files().get(1);
                Consumer<Table> before = version == 2
                        ? any -> table.deletePosition(FileFormat.PARQUET, 3, first)
                        : any -> table.deleteByVector(any, first, 3);
                Consumer<Table> later = version == 2
                        ? any -> table.deletePositions(any, second, 4)
                        : any -> table.deleteByVector(any, second, 4);
                before.accept(table.table());

                assertThatThrownBy(() -> meanwhile(table, later))
                        .isInstanceOf(SourceChanged.class)
                        .hasMessageContaining("a concurrent commit conflicts");

                assertThat(table.rows()).hasSize(598);
                assertThat(compact(table).deletes().rows()).isEqualTo(2);
                assertThat(table.rows()).hasSize(598);
            }
        }
    }

    @Test
    void boundsAreThoseOfTheRowsThatAreLeft() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(5);
            List<DataFile> files = table.files();
            for (DataFile file : files) {
                long lowest = id(file.lowerBounds().get(1));
                if (lowest == 0) {
                    table.deletePositions(table.table(), file, 0, 1, 2);
                } else if (lowest == 400) {
                    table.deletePositions(table.table(), file, 99);
                }
            }
            List<String> before = table.rows();

            compact(table);

            assertThat(table.rows()).isEqualTo(before);
            assertThat(table.files()).singleElement().satisfies(file -> {
                assertThat(id(file.lowerBounds().get(1))).isEqualTo(3);
                assertThat(id(file.upperBounds().get(1))).isEqualTo(498);
                assertThat(file.valueCounts()).containsEntry(1, 496L);
                assertThat(file.nullValueCounts()).containsEntry(2, 71L);
                assertThat(file.nanValueCounts()).doesNotContainKey(3);
                assertThat(file.lowerBounds()).containsKey(2);
            });
        }
    }

    private static long id(java.nio.ByteBuffer bound) {
        return Conversions.fromByteBuffer(Types.LongType.get(), bound);
    }

    @Test
    void aLargeFileIsRewrittenForItsDeletesAlone() {
        try (TestTable table = TestTable.of(folder, 2)) {
            DataFile file = table.append(table.events(0, 1000));
            table.deletePosition(FileFormat.PARQUET, 500, file);
            List<String> before = table.rows();

            assertThat(table.compact().outcome()).isEqualTo(Outcome.ALL_LEFT);
            assertThat(compact(table).deletes().rows()).isEqualTo(1);
            assertThat(table.rows()).isEqualTo(before).hasSize(999);
        }
    }

    @Test
    void aFilterDoesNotHideEqualityDeletesOfRowsThatItDoesNotSelect() {
        try (TestTable table = TestTable.of(folder, 2)) {
            for (int first = 0; first < 6; first++) { // Each file may hold each id.
                int from = first;
                table.append(IntStream.range(0, 100)
                        .mapToObj(i -> table.event(from + 6L * i))
                        .toList());
            }
            table.deleteId(table.table(), null, 300); // Its bounds do not hold the id of the filter.
            List<String> before = table.rows();

            table.compact(TestTable.request("min-input-files=2").withWhere("id = 290"));
            table.compact(applying("min-input-files=2").withWhere("id = 290"));

            assertThat(table.rows()).isEqualTo(before).hasSize(599);
        }
    }

    @Test
    void snapshotsAreComparedWithTheirDeletesApplied() {
        for (int version : new int[] {2, 3}) {
            try (TestTable table = TestTable.of(folder.resolve("v" + version), version)) {
                table.appendEvents(6);
                List<DataFile> files = table.files();
                delete(table, version, files.get(0), 3, 40);
                delete(table, version, files.get(4), range(0, 100));
                long before = table.other().currentSnapshot().snapshotId();
                compact(table);
                long now = table.other().currentSnapshot().snapshotId();
                try (io.glulam.tables.Table opened = table.open()) {
                    assertThat(opened.verify(before, now)).satisfies(same -> {
                        assertThat(same.equal()).isTrue();
                        assertThat(same.rowsBefore()).isEqualTo(498);
                        assertThat(same.rowsAfter()).isEqualTo(498);
                    });
                }

                DataFile file = table.files().get(0);
                delete(table, version, file, 7);
                assertDiffers(table, before, "498 rows before and 497 after");

                table.append(table.events(8, 9)); // A row that is there already takes the place of the lost one.
                compact(table);
                assertDiffers(table, before, "the rows of its partition differ");

                table.append(table.events(8, 9));
                assertDiffers(table, before, "498 rows before and 499 after");
            }
        }
    }

    private static void delete(TestTable table, int version, DataFile file, long... rows) {
        if (version == 2) {
            table.deletePositions(table.table(), file, rows);
        } else {
            table.deleteByVector(table.table(), file, rows);
        }
        table.table().refresh();
    }

    private static void assertDiffers(TestTable table, long before, String difference) {
        try (io.glulam.tables.Table opened = table.open()) {
            assertThat(opened.verify(before, table.other().currentSnapshot().snapshotId())
                            .differences())
                    .singleElement()
                    .asString()
                    .contains(difference);
        }
    }

    @Test
    void equalityDeletesOfAChangedFileAreNotCompared() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(2);
            long before = table.table().currentSnapshot().snapshotId();
            table.deleteId(table.table(), null, 7);

            try (io.glulam.tables.Table opened = table.open()) {
                long now = table.other().currentSnapshot().snapshotId();
                assertThatThrownBy(() -> opened.verify(before, now))
                        .isInstanceOf(Unsupported.class)
                        .hasMessageContaining("equality deletes");
            }
        }
    }

    @Test
    void aFileMayLoseAllOfItsRows() {
        try (TestTable table = TestTable.of(folder, 3)) {
            DataFile file = table.append(table.events(0, 100));
            table.deleteByVector(table.table(), file, range(0, 100));

            assertThat(compact(table).deletes().rows()).isEqualTo(100);

            assertThat(table.rows()).isEmpty();
            assertThat(table.totalDeleteFiles()).isEqualTo("0");
        }
    }
}
