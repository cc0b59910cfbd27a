package io.glulam.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.StorageFailed;
import io.glulam.storage.PublishCondition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileWriterTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatTheFolderHasNoRoomForIsNotBegun() throws IOException {
        Path target = folder.resolve("target");
        assertThatThrownBy(
                        () -> LocalFileWriter.create(target, new PublishCondition.Absent(), Long.MAX_VALUE, null, null))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("bytes free");
        assertNoFile();
    }

    @Test
    void aNameThatLeavesNoRoomForATemporaryOneIsRefused() throws IOException {
        Path target = folder.resolve("n".repeat(250));
        assertThatThrownBy(() -> LocalFileWriter.create(target, new PublishCondition.Absent(), 3, null, null))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("cannot create a temporary file beside it: ");
        assertNoFile();
    }

    @Test
    void nothingIsVisibleBeforeItIsPublished() throws IOException {
        Path target = folder.resolve("target");
        try (LocalFileWriter writer = LocalFileWriter.create(target, new PublishCondition.Absent(), 3, null, null)) {
            writer.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(target).doesNotExist();
            writer.publish();
            assertThat(target).hasBinaryContent(new byte[] {1, 2, 3});
        }
        assertThat(target).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void whatIsNotPublishedLeavesNoTrace() throws IOException {
        try (LocalFileWriter writer =
                LocalFileWriter.create(folder.resolve("target"), new PublishCondition.Replace(), 3, null, null)) {
            writer.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        assertNoFile();
    }

    @Test
    void twoWritersOfOneTargetLeaveEachOthersTemporaryFilesAlone() throws IOException {
        Path target = folder.resolve("target");
        try (LocalFileWriter first = LocalFileWriter.create(target, new PublishCondition.Replace(), 3, null, null)) {
            first.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            try (LocalFileWriter second =
                    LocalFileWriter.create(target, new PublishCondition.Replace(), 3, null, null)) {
                second.append(ByteBuffer.wrap(new byte[] {4}));
                second.publish();
            }
            assertThat(target).hasBinaryContent(new byte[] {4});
            first.publish();
        }
        assertThat(target).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void theTemporaryFileOfAnotherLivingProcessIsKept() throws Exception {
        Path target = folder.resolve("target");
        Path live = Files.write(folder.resolve(".target.glulam-1-2-3.tmp"), new byte[10]);
        Process other = FileLocker.start(live);
        try {
            LocalFileWriter.create(target, new PublishCondition.Replace(), 3, null, null)
                    .close();
            assertThat(live).exists();
        } finally {
            other.destroyForcibly().waitFor();
        }
        LocalFileWriter.create(target, new PublishCondition.Replace(), 3, null, null)
                .close();
        assertThat(live).doesNotExist();
    }

    @Test
    void withNothingToReplaceThereIsNoBackup() throws IOException {
        Path target = folder.resolve("target");
        Path backup = folder.resolve("target.bak");
        try (LocalFileWriter writer = LocalFileWriter.create(target, new PublishCondition.Replace(), 1, null, backup)) {
            writer.append(ByteBuffer.wrap(new byte[] {1}));
            writer.publish();
        }
        assertThat(target).exists();
        assertThat(backup).doesNotExist();
    }

    @Test
    void aBackupThatIsALinkToTheFileIsNoBackup() throws IOException {
        Path target = Files.write(folder.resolve("target"), new byte[] {1});
        Path backup = Files.createSymbolicLink(folder.resolve("target.bak"), target);
        assertThatThrownBy(() -> LocalFileWriter.create(target, new PublishCondition.Replace(), 1, null, backup))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("the backup's name is taken");
    }

    private void assertNoFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
