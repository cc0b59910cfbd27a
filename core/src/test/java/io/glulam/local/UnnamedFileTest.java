package io.glulam.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class UnnamedFileTest {
    @TempDir
    Path folder;

    @Test
    void hasNoNameFromTheMomentItIsOpen() throws IOException {
        try (FileChannel file = UnnamedFile.create(folder)) {
            assertThat(folder).isEmptyDirectory();
            file.write(ByteBuffer.wrap(new byte[] {7}), 100);
            ByteBuffer read = ByteBuffer.allocate(1);
            file.read(read, 100);
            assertThat(read.array()).containsExactly(7);
        }
        assertThat(folder).isEmptyDirectory();
    }
}
