package io.glulam.tables.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedFile;
import io.glulam.tables.StagedOutput;
import io.glulam.tables.TableRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compaction in steps, each of which another process may take up. */
@Tag("once")
class StagedRewriteTest {
    private static final TableRequest PAIRS = TestTable.request("min-input-files=2");

    @TempDir
    private Path folder;

    private static TestTable partitioned(Path folder, int version) {
        PartitionSpec spec =
                PartitionSpec.builderFor(TestTable.EVENTS).identity("day").build();
        TestTable table = TestTable.of(folder, TestTable.EVENTS, spec, version);
        for (int day = 0; day < 2; day++) {
            for (int file = 0; file < 3; file++) {
                long first = 100L * (2 * file + day);
                table.append(table.events(first, first + 100).stream()
                        .filter(row -> row.getField("day").equals("day" + first / 100 % 2))
                        .toList());
            }
        }
        return table;
    }

    private static List<StagedFile> writeAll(StagedCompaction staged, String attempt) {
        List<StagedFile> files = new ArrayList<>();
        for (int i = 0; i < staged.outputs().size(); i++) {
            files.add(staged.write(i, staged.place(i, attempt)));
        }
        return files;
    }

    private List<Path> ourFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("-glulam.parquet"))
                    .toList();
        }
    }

    @Test
    void anotherProcessWritesTheRestAndAThirdOneCommits() {
        for (int version : new int[] {2, 3}) {
            try (TestTable table = TestTable.of(folder.resolve("v" + version), version)) {
                table.appendEvents(6);
                List<String> rows = table.rows();
                List<String> lineage = version == 3 ? table.lineage() : List.of();
                TableRequest request = TestTable.request("min-input-files=2", "max-file-group-size-bytes=8000");
                long pinned;
                List<StagedOutput> planned;
                List<StagedFile> written = new ArrayList<>();
                try (io.glulam.tables.Table first = table.open()) {
                    StagedCompaction staged = first.stage(request, null);
                    pinned = staged.plan().snapshot();
                    planned = staged.outputs();
                    written.add(staged.write(0, staged.place(0, "run-1")));
                }
                assertThat(planned).hasSizeGreaterThan(1);
                table.append(table.events(600, 700));
                try (io.glulam.tables.Table second = table.open()) {
                    StagedCompaction staged = second.stage(request, pinned);
                    assertThat(staged.outputs()).isEqualTo(planned);
                    for (int i = 1; i < planned.size(); i++) {
                        written.add(staged.write(i, staged.place(i, "run-2")));
                    }
                }
                try (io.glulam.tables.Table third = table.open()) {
                    StagedCompaction staged = third.stage(request, pinned);
                    assertThat(staged.find("run")).isNull();
                    long committed = staged.commit(written, "run").snapshot();

                    Snapshot snapshot = table.table().snapshot(committed);
                    assertThat(snapshot.summary()).containsEntry("glulam.run", "run");
                    assertThat(staged.find("run")).isEqualTo(committed);
                    assertThat(staged.committed(committed).release()).contains("expire_snapshots");
                    assertThat(table.rows(committed)).hasSize(700).containsAll(rows);
                    if (version == 3) {
                        assertThat(table.lineage()).containsAll(lineage);
                    }
                    assertThat(table.files()).hasSize(planned.size() + 1);
                }
            }
        }
    }

    @Test
    void aBranchIsStagedFromThePinnedSnapshot() {
        try (TestTable table = TestTable.of(folder, 2)) {
            table.appendEvents(6);
            Table opened = table.table();
            long main = opened.currentSnapshot().snapshotId();
            opened.manageSnapshots().createBranch("audit").commit();
            TableRequest request = TestTable.request("min-input-files=2").withBranch("audit");
            List<StagedOutput> planned;
            try (io.glulam.tables.Table first = table.open()) {
                planned = first.stage(request, null).outputs();
            }
            opened.newAppend()
                    .appendFile(table.write(opened, table.events(600, 700)))
                    .toBranch("audit")
                    .commit();
            try (io.glulam.tables.Table second = table.open()) {
                StagedCompaction staged = second.stage(request, main);
                assertThat(staged.outputs()).isEqualTo(planned);
                long committed = staged.commit(writeAll(staged, "run-1"), "run").snapshot();

                opened.refresh();
                assertThat(opened.refs().get("audit").snapshotId()).isEqualTo(committed);
                assertThat(opened.currentSnapshot().snapshotId()).isEqualTo(main);
                assertThat(table.rows(committed)).hasSize(700).containsAll(table.rows(main));
            }
        }
    }

    @Test
    void entriesOfNewFilesAreThoseOfACompactionInOne() {
        List<List<String>> entries = new ArrayList<>();
        for (boolean staged : new boolean[] {false, true}) {
            try (TestTable table = partitioned(folder.resolve("staged-" + staged), 2)) {
                if (staged) {
                    try (io.glulam.tables.Table opened = table.open()) {
                        StagedCompaction compaction = opened.stage(PAIRS, null);
                        compaction.commit(writeAll(compaction, "a"), "a");
                    }
                } else {
                    table.compact(PAIRS);
                }
                entries.add(table.files().stream()
                        .map(StagedRewriteTest::withoutPlace)
                        .sorted()
                        .toList());
            }
        }
        assertThat(entries.get(0)).hasSize(2).isEqualTo(entries.get(1));
    }

    private static String withoutPlace(DataFile file) {
        return file.partition() + " " + file.fileSizeInBytes() + " " + file.recordCount() + " " + file.splitOffsets()
                + " " + file.columnSizes() + " " + file.valueCounts() + " " + file.nullValueCounts() + " "
                + file.nanValueCounts() + " " + file.lowerBounds() + " " + file.upperBounds() + " "
                + file.sortOrderId() + " " + file.fileSequenceNumber() + " " + file.dataSequenceNumber();
    }

    @Test
    void aSecondCommitOfTheSameRunFindsTheFirstAndChangesNothing() throws IOException {
        try (TestTable table = TestTable.of(folder, 2);
                io.glulam.tables.Table opened = table.open()) {
            table.appendEvents(6);
            StagedCompaction staged = opened.stage(PAIRS, null);
            List<StagedFile> files = writeAll(staged, "a");
            StagedCompaction other = opened.stage(PAIRS, staged.plan().snapshot());
            long first = staged.commit(files, "a").snapshot();

            assertThat(other.commit(files, "a").snapshot()).isEqualTo(first);

            assertThat(other.find("a")).isEqualTo(first);
            assertThat(table.table().currentSnapshot().snapshotId()).isEqualTo(first);
            assertThat(ourFiles()).hasSize(1);
        }
    }

    @Test
    void onlyNewFilesInsideTheTableAreRemoved() throws IOException {
        try (TestTable table = TestTable.of(folder, 2);
                io.glulam.tables.Table opened = table.open()) {
            table.appendEvents(6);
            StagedCompaction staged = opened.stage(PAIRS, null);
            String place = staged.place(0, "a");
            staged.removeNew(place); // Not there yet.
            staged.write(0, place);
            assertThat(ourFiles()).hasSize(1);
            String source = table.files().get(0).location();

            staged.removeNew(place);

            assertThat(ourFiles()).isEmpty();
            assertThatThrownBy(() -> staged.removeNew(source)).isInstanceOf(GlulamException.class);
            assertThatThrownBy(() -> staged.removeNew("/elsewhere/00000-a-glulam.parquet"))
                    .isInstanceOf(GlulamException.class);
            assertThat(table.rows()).hasSize(600);
        }
    }

    @Test
    void aSnapshotThatIsGoneIsRefused() {
        try (TestTable table = TestTable.of(folder, 2);
                io.glulam.tables.Table opened = table.open()) {
            table.appendEvents(6);
            assertThatThrownBy(() -> opened.stage(PAIRS, 4711L))
                    .isInstanceOf(SourceChanged.class)
                    .hasMessageContaining("4711");
        }
    }
}
