package io.glulam.tables.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.glulam.error.SourceChanged;
import io.glulam.tables.Table;
import io.glulam.tables.TableListener;
import io.glulam.tables.TableReport;
import io.glulam.tables.TableRequest;
import io.glulam.tables.TableVerification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several commits of one compaction, and versions that are compared. */
@Tag("once")
class DeltaProgressTest {
    private static final StructType SCHEMA =
            new StructType().add("id", LongType.LONG).add("day", StringType.STRING);

    @TempDir
    private Path folder;

    private KernelTable table(Map<String, String> properties) throws IOException {
        KernelTable table = new KernelTable(folder.resolve("table")).create(SCHEMA, properties, "day");
        for (long file = 0; file < 3; file++) {
            for (String day : List.of("a", "b", "c")) {
                table.append(Map.of("day", Literal.ofString(day)), new Object[] {file, day}, new Object[] {null, day});
            }
        }
        return table;
    }

    private static TableRequest request(String... options) {
        Map<String, String> map = new java.util.HashMap<>(Map.of("partial-progress.enabled", "true"));
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        return TableRequest.defaults().withOptions(map);
    }

    /** Removes a file of the second partition once that has been written. */
    private static TableListener removing(KernelTable table) {
        return new TableListener() {
            @Override
            public void written(int done, int outputs) {
                if (done != 2) {
                    return;
                }
                try {
                    AddFile victim = table.files().stream()
                            .filter(file -> file.getPath().contains("day=b"))
                            .findFirst()
                            .orElseThrow();
                    Files.writeString(
                            table.log(table.version() + 1),
                            "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}\n"
                                    .formatted(victim.getPath()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private long newFiles(KernelTable table) throws IOException {
        try (Stream<Path> files = Files.walk(table.folder())) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-0"))
                    .filter(file -> file.toString().endsWith("-glulam.parquet"))
                    .count();
        }
    }

    @Test
    void groupsAreCommittedInSeveralCommits() throws IOException {
        KernelTable table = table(Map.of("delta.enableRowTracking", "true"));
        List<String> before = table.trackedRows();
        try (Table opened = table.open()) {
            TableReport report = opened.compact(request("max-commits", "2"), TableListener.NONE);

            assertThat(report.snapshots()).hasSize(2);
            assertThat(report.counts().addedDataFiles()).isEqualTo(3);
            assertThat(report.counts().rewrittenDataFiles()).isEqualTo(9);
        }
        assertThat(table.trackedRows()).isEqualTo(before);
        assertThat(table.files()).hasSize(3);
    }

    @Test
    void aCommitThatFailsDoesNotUndoTheOthers() throws IOException {
        KernelTable table = table(Map.of());
        long lost = newFiles(table);
        try (Table opened = table.open()) {
            TableReport report = opened.compact(request(), removing(table));

            assertThat(report.snapshots()).hasSize(2);
            assertThat(report.counts().failedDataFiles()).isEqualTo(3);
            assertThat(report.notes()).anyMatch(note -> note.contains("a commit failed"));
        }
        assertThat(table.rows()).hasSize(16);
        assertThat(table.files()).hasSize(4);
        assertThat(newFiles(table)).isEqualTo(lost + 2);
    }

    @Test
    void moreFailuresThanAllowedEndTheRunAndKeepWhatWasCommitted() throws IOException {
        KernelTable table = table(Map.of());
        try (Table opened = table.open()) {
            assertThatThrownBy(
                            () -> opened.compact(request("partial-progress.max-failed-commits", "0"), removing(table)))
                    .isInstanceOf(SourceChanged.class);
        }
        assertThat(table.files()).hasSize(6);
        assertThat(table.rows()).hasSize(16);
    }

    @Test
    void versionsBeforeAndAfterACompactionHoldTheSameRows() throws IOException {
        KernelTable table = table(Map.of("delta.enableRowTracking", "true"));
        long before = table.version();
        try (Table opened = table.open()) {
            opened.compact(TableRequest.defaults(), TableListener.NONE);
            TableVerification verification = opened.verify(before, table.version());

            assertThat(verification.differences()).isEmpty();
            assertThat(verification.equal()).isTrue();
            assertThat(verification.rowsBefore()).isEqualTo(18);
            assertThat(verification.rowsAfter()).isEqualTo(18);
        }
    }

    @Test
    void severalNewFilesOfAPartitionAreFoundAgain() throws IOException {
        KernelTable table = new KernelTable(folder.resolve("table")).create(SCHEMA, Map.of());
        for (long file = 0; file < 9; file++) {
            Object[][] rows = new Object[(int) (5 + file % 3)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = new Object[] {100 * file + i, "x".repeat((int) (20 * file))};
            }
            table.append(rows);
        }
        long before = table.version();
        try (Table opened = table.open()) {
            opened.compact(
                    TableRequest.defaults().withOptions(Map.of("target-file-size-bytes", "2600")), TableListener.NONE);
            assertThat(table.files().size()).isBetween(2, 6);

            assertThat(opened.verify(before, table.version()).differences()).isEmpty();
        }
    }

    @Test
    void rowsThatWereAppendedOrChangedAreADifference() throws IOException {
        KernelTable table = table(Map.of());
        long before = table.version();
        table.append(Map.of("day", Literal.ofString("b")), new Object[] {7L, "b"});
        try (Table opened = table.open()) {
            assertThat(opened.verify(before, table.version()).equal()).isFalse();

            AddFile victim = table.files().stream()
                    .filter(file -> file.getNumRecords().orElseThrow() == 2)
                    .findFirst()
                    .orElseThrow();
            table.append(
                    Map.of("day", Literal.ofString(victim.getPath().substring(4, 5))),
                    new Object[] {99L, victim.getPath().substring(4, 5)},
                    new Object[] {98L, victim.getPath().substring(4, 5)});
            Files.writeString(
                    table.log(table.version() + 1),
                    "{\"remove\":{\"path\":\"%s\",\"deletionTimestamp\":1,\"dataChange\":true}}\n"
                            .formatted(victim.getPath()));
            TableVerification changed = opened.verify(table.version() - 2, table.version());
            assertThat(changed.rowsBefore()).isEqualTo(changed.rowsAfter());
            assertThat(changed.equal()).isFalse();
        }
    }
}
