package io.glulam.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.StorageFailed;
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

    private void assertNoFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
