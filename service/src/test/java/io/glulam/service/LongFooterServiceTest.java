package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.Compactor;
import io.glulam.Job;
import io.glulam.OpenedFooter;
import io.glulam.local.LocalStore;
import io.glulam.service.json.Json;
import io.glulam.testkit.generate.RepeatedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An object whose footer is too long to be held in a job's buffers: 60,000 column chunks. */
@Tag("once")
@Tag("large")
class LongFooterServiceTest {
    private static final int COLUMNS = 100;
    private static final int ROW_GROUPS = 600;
    private static final long BUFFERS = 4 << 20;

    @TempDir
    Path folder;

    private void write(Path target) throws IOException {
        Files.createDirectories(target.getParent());
        RepeatedFile.ofIntegers(target, COLUMNS, 100, ROW_GROUPS);
    }

    @Test
    void isCompactedByTheServiceAsALocalFileIs() throws IOException {
        try (TestServer server = TestServer.start(folder, Map.of("concurrency", "64"))) {
            Path object = server.bucket().resolve("long.parquet");
            write(object);
            Path local = Files.copy(object, folder.resolve("local.parquet"));
            CompactionOptions options = CompactionOptions.defaults().withBufferBytes(BUFFERS);
            try (OpenedFooter opened = OpenedFooter.of(LocalStore.object(local), options)) {
                assertThat(opened.footer().findsChunks()).isFalse();
            }
            server.service().catalog().add("a", "long.parquet", true);

            JsonNode status = server.ended(server.compact("a", null, Json.object()));

            assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
            assertThat(status.path("output").path("published").asBoolean())
                    .as(status.toString())
                    .isTrue();
            new Compactor(options).run(Job.inPlace(local));
            assertThat(Files.mismatch(object, local)).isEqualTo(-1);
        }
    }
}
