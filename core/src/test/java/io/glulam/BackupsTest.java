package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    @TempDir
    Path folder;

    @Test
    void theBackupTakesTheFilesPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("a.parquet"), "new");
        Path backup = Files.writeString(folder.resolve("a.parquet.old"), "old");

        Path used = Backups.restore(file, ".old");

        assertThat(used).hasFileName("a.parquet.old");
        assertThat(file).hasContent("old");
        assertThat(backup).doesNotExist();
    }

    @Test
    void aFileThatIsGoneComesBackToo() throws IOException {
        Files.writeString(folder.resolve("a.parquet.bak"), "old");

        Backups.restore(folder.resolve("a.parquet"), Backups.DEFAULT_SUFFIX);

        assertThat(folder.resolve("a.parquet")).hasContent("old");
    }

    @Test
    void aBackupThatIsTheFileItselfByAnotherNameIsOnlyRemoved() throws IOException {
        Path file = Files.writeString(folder.resolve("a.parquet"), "same");
        Path backup = Files.createLink(folder.resolve("a.parquet.bak"), file);

        Backups.restore(file, ".bak");

        assertThat(file).hasContent("same");
        assertThat(backup).doesNotExist();
    }

    @Test
    void aSymbolicLinkStandsForWhatItPointsTo() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Path file = Files.writeString(other.resolve("a.parquet"), "new");
        Files.writeString(other.resolve("a.parquet.bak"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        Backups.restore(link, ".bak");

        assertThat(link).isSymbolicLink();
        assertThat(file).hasContent("old");
    }

    @Test
    void withoutABackupTheFileStaysAndTheMessageAsksForTheSuffix() throws IOException {
        Path file = Files.writeString(folder.resolve("a.parquet"), "new");

        assertThatThrownBy(() -> Backups.restore(file, ".bak"))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("no backup a.parquet.bak")
                .hasMessageContaining("backup suffix");
        assertThat(file).hasContent("new");
    }

    @Test
    void aSuffixThatLeavesTheFolderIsRefused() {
        assertThatThrownBy(() -> Backups.of(folder.resolve("a"), "/../b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backups.of(folder.resolve("a"), "")).isInstanceOf(IllegalArgumentException.class);
    }
}
