package io.glulam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.error.Unsupported;
import io.glulam.testkit.generate.DuckDbFiles;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A footer that takes more memory than there is for buffers is refused before anything else of the file is held. */
class LongFooterTest {
    private static final long BUFFERS = 4 << 20;
    private static final int COLUMNS = 100;

    @TempDir
    Path folder;

    private Path source;

    @BeforeEach
    void aFooterOfMoreThanTheBuffers() throws IOException {
        String columns = IntStream.range(0, COLUMNS)
                .mapToObj(column -> "i::INTEGER AS c" + column)
                .collect(Collectors.joining(", "));
        Path once = DuckDbFiles.write(
                "SELECT " + columns + " FROM range(10) t(i)",
                2048,
                "COMPRESSION snappy",
                folder.resolve("once.parquet"));
        source = folder.resolve("source.parquet");
        RepeatedFile.write(once, source, 1000);
    }

    @Test
    void isRefusedByPlanAndCompactWithTheMemoryThatItNeeds() {
        Compactor compactor = new Compactor(CompactionOptions.defaults().withBufferBytes(BUFFERS));
        Path target = folder.resolve("target.parquet");

        assertThatThrownBy(() -> compactor.plan(source))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("planning a footer of ")
                .hasMessageContaining("raise --memory to ");
        assertThatThrownBy(() -> compactor.run(Job.of(source, target))).isInstanceOf(Unsupported.class);
        assertThat(target).doesNotExist();
    }
}
