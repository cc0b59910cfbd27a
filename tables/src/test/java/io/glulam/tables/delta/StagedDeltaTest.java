package io.glulam.tables.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedFile;
import io.glulam.tables.Table;
import io.glulam.tables.TableRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compaction in steps, each of which another process may take up. */
@Tag("once")
class StagedDeltaTest {
    private static final StructType SCHEMA =
            new StructType().add("id", LongType.LONG).add("name", StringType.STRING);

    @TempDir
    private Path folder;

    private KernelTable table(boolean tracked) throws IOException {
        KernelTable table = new KernelTable(folder.resolve("tracked-" + tracked))
                .create(SCHEMA, Map.of("delta.enableRowTracking", Boolean.toString(tracked)));
        for (long file = 0; file < 3; file++) {
            table.append(new Object[] {file * 2, "a"}, new Object[] {file * 2 + 1, null});
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

    private static List<String> rows(KernelTable table, boolean tracked) throws IOException {
        return tracked ? table.trackedRows() : table.rows();
    }

    private List<Path> ourFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith("-glulam.parquet"))
                    .toList();
        }
    }

    @Test
    void anotherProcessCommitsWhatOneHasWritten() throws IOException {
        for (boolean tracked : List.of(false, true)) {
            KernelTable table = table(tracked);
            List<StagedFile> written;
            long pinned;
            try (Table first = table.open()) {
                StagedCompaction staged = first.stage(TableRequest.defaults(), null);
                pinned = staged.plan().snapshot();
                written = writeAll(staged, "run-1");
            }
            table.append(new Object[] {100L, "later"});
            try (Table second = table.open()) {
                StagedCompaction staged = second.stage(TableRequest.defaults(), pinned);
                assertThat(staged.outputs()).hasSize(1);
                assertThat(staged.find("run-1")).isNull();

                long committed = staged.commit(written, "run-1").snapshot();

                assertThat(committed).isEqualTo(5);
                assertThat(staged.find("run-1")).isEqualTo(committed);
                assertThat(staged.find("run")).isNull();
                assertThat(staged.committed(committed).release()).startsWith("VACUUM");
            }
            assertThat(table.rows()).isEqualTo(table.rows(4)).hasSize(7);
            assertThat(table.files()).hasSize(2);
        }
    }

    @Test
    void theCommitsOfOneCompactionFollowEachOtherAlsoFromAnotherProcess() throws IOException {
        for (boolean crash : List.of(false, true)) {
            KernelTable table = table(crash);
            table.append(new Object[] {6L, "a"}, new Object[] {7L, null});
            long size = table.files().stream()
                    .mapToLong(file -> file.getSize())
                    .max()
                    .orElseThrow();
            TableRequest request = TableRequest.defaults()
                    .withOptions(Map.of(
                            "partial-progress.enabled",
                            "true",
                            "max-commits",
                            "7",
                            "target-file-size-bytes",
                            Long.toString(2 * size)));
            List<String> before = rows(table, crash);
            try (Table opened = table.open()) {
                StagedCompaction staged = opened.stage(request, null);
                assertThat(staged.commits()).isEqualTo(new StagedCompaction.Commits(7, 7));
                List<StagedFile> files = writeAll(staged, "a");
                assertThat(files).hasSize(2);
                staged.commit(files.subList(0, 1), "a-0");
                long pinned = staged.plan().snapshot();
                StagedCompaction next = crash ? opened.stage(request, pinned) : staged;

                long second = next.commit(files.subList(1, 2), "a-1").snapshot();

                assertThat(next.find("a-0")).isEqualTo(pinned + 1);
                assertThat(next.find("a-1")).isEqualTo(second).isEqualTo(pinned + 2);
            }
            assertThat(rows(table, crash)).isEqualTo(before).hasSize(8);
            assertThat(table.files()).hasSize(2);
        }
    }

    @Test
    void aSecondCommitOfTheSameRunConflictsAndChangesNothing() throws IOException {
        KernelTable table = table(false);
        try (Table opened = table.open()) {
            StagedCompaction staged = opened.stage(TableRequest.defaults(), null);
            List<StagedFile> files = writeAll(staged, "a");
            StagedCompaction other =
                    opened.stage(TableRequest.defaults(), staged.plan().snapshot());
            long first = staged.commit(files, "a").snapshot();

            assertThatThrownBy(() -> other.commit(files, "a")).isInstanceOf(SourceChanged.class);

            assertThat(other.find("a")).isEqualTo(first);
            assertThat(table.version()).isEqualTo(first);
            assertThat(ourFiles()).hasSize(1);
        }
    }

    @Test
    void onlyNewFilesInsideTheTableAreRemoved() throws IOException {
        KernelTable table = table(false);
        try (Table opened = table.open()) {
            StagedCompaction staged = opened.stage(TableRequest.defaults(), null);
            String place = staged.place(0, "a");
            staged.removeNew(place); // Not there yet.
            staged.write(0, place);
            assertThat(ourFiles()).hasSize(1);

            staged.removeNew(place);

            assertThat(ourFiles()).isEmpty();
            assertThatThrownBy(() -> staged.removeNew("../part-00000-a-glulam.parquet"))
                    .isInstanceOf(GlulamException.class);
            assertThatThrownBy(() -> staged.removeNew("_delta_log/00000000000000000000.json"))
                    .isInstanceOf(GlulamException.class);
        }
        assertThat(table.rows()).hasSize(6);
    }
}
