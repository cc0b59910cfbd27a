package io.glulam.tables.delta;

import static io.glulam.tables.delta.PlainTable.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.glulam.testkit.oracle.DuckDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints and checksums of a Delta table's log: read, and written as other engines expect them. */
class DeltaCheckpointTest {
    @TempDir
    private Path folder;

    @Test
    void aCheckpointIsReadByOurOwnDecoder() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        table.checkpoint();
        for (int version = 0; version < 3; version++) {
            Files.move(table.log(version), folder.resolve("gone" + version));
        }
        List<String> before = table.rows();

        assertThat(table.compact().counts().rewrittenDataFiles()).isEqualTo(3);

        assertThat(table.rows()).isEqualTo(before).hasSize(60);
    }

    @Test
    void aCheckpointIsWrittenAtItsIntervalAndReadByOtherEngines() throws IOException {
        KernelTable table = PlainTable.in(
                folder, Map.of("delta.checkpointInterval", "2", "delta.enableRowTracking", "true", "custom.key", "ü"));
        table.append(Map.of(), rows(60, 61));
        table.append(Map.of(), rows(61, 62));
        List<String> before = table.trackedRows();

        assertThat(table.compact().notes()).isEmpty();

        Path checkpoint = table.folder().resolve("_delta_log/%020d.checkpoint.parquet".formatted(6));
        assertThat(checkpoint).exists();
        assertThat(DuckDb.canRead(checkpoint)).isTrue();
        assertThat(Files.readString(table.folder().resolve("_delta_log/_last_checkpoint")))
                .contains("\"version\":6");
        for (int version = 0; version < 6; version++) {
            Files.move(table.log(version), folder.resolve("gone" + version));
            Files.deleteIfExists(table.folder().resolve("_delta_log/%020d.crc".formatted(version)));
        }
        assertThat(table.trackedRows()).isEqualTo(before);
        assertThat(table.files()).singleElement().satisfies(file -> {
            assertThat(file.getNumRecords()).hasValue(62L);
            assertThat(file.getBaseRowId()).isPresent();
        });
        assertThat(table.newest().getTableProperties()).containsEntry("custom.key", "ü");
        table.append(rows(70, 75));
        assertThat(table.rows()).hasSize(67);
        assertThat(table.compact().counts().rewrittenDataFiles()).isEqualTo(2);
    }

    @Test
    void theChecksumAfterTheCommitIsTheOneThatKernelWouldWrite() throws IOException {
        KernelTable table = PlainTable.in(folder, Map.of());
        table.compact();

        assertThat(table.folder().resolve("_delta_log/%020d.crc".formatted(4))).exists();
        assertThat(table.newest().getCurrentCrcInfo()).hasValueSatisfying(crc -> {
            assertThat(crc.getVersion()).isEqualTo(4);
            assertThat(crc.getNumFiles()).isEqualTo(1);
        });
    }
}
