package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that dies at any moment: the next one goes on, finished steps do not run again, nothing is published twice
 * and nothing is left behind. {@code -Dglulam.kills=100} kills more often than the usual test.
 */
@Tag("once")
@Tag("kill")
class ServeKillTest {
    private static final int KILLS = Integer.getInteger("glulam.kills", 6);
    private static final int ROW_GROUPS = 50;
    private static final String KEY = "path/to/file.parquet";
    private static final List<String> STEPS =
            List.of("validate-dataset", "get-file-metadata", "analyze-and-compact", "update-metadata");

    @TempDir
    Path folder;

    private Path object;
    private Path original;

    @BeforeEach
    void makeObject() throws IOException {
        object = folder.resolve("bucket").resolve(KEY);
        Files.createDirectories(object.getParent());
        original = Demo.file(folder, "original.parquet", ROW_GROUPS);
    }

    @Test
    void killedAtAnyMoment() throws Exception {
        long seed = Long.getLong("glulam.seed", 20260131);
        Random random = new Random(seed);
        int left = KILLS;
        int published = 0;
        while (left > 0) {
            Files.copy(original, object, StandardCopyOption.REPLACE_EXISTING);
            String id = "run-" + published;
            try (ServerProcess server = ServerProcess.start(folder, "--demo", "--row-groups", "1")) {
                server.post("/compact", request(id));
                Thread.sleep(random.nextInt(1500));
                end(server, random);
            }
            for (int again = random.nextInt(3); again > 0 && --left > 0; again--) {
                try (ServerProcess server = ServerProcess.start(folder)) {
                    Thread.sleep(random.nextInt(1500));
                    end(server, random);
                }
            }
            left--;
            published++;
            try (ServerProcess server = ServerProcess.start(folder)) {
                JsonNode status = server.ended(id);
                assertThat(status.path("status").asText())
                        .as("seed " + seed + ": " + status)
                        .isEqualTo("complete");
                assertStepsSucceededOnce(status);
                assertThat(status.path("output").path("flagKept").asBoolean())
                        .as("seed " + seed + ": " + status)
                        .isFalse();
                server.stop();
            }
            assertThat(FileVerifier.firstDifference(original, object, CompactionOptions.defaults()))
                    .isEmpty();
            assertNothingElseIsThere(published);
        }
    }

    private static String request(String id) {
        return "{\"datasetId\":\"uuid\",\"instanceId\":\"" + id + "\",\"force\":true}";
    }

    private static void end(ServerProcess server, Random random) throws InterruptedException {
        if (random.nextInt(4) == 0) {
            server.stop();
        } else {
            server.kill();
        }
    }

    private static void assertStepsSucceededOnce(JsonNode status) {
        assertThat(status.path("steps")).hasSize(STEPS.size());
        for (int i = 0; i < STEPS.size(); i++) {
            JsonNode step = status.path("steps").get(i);
            assertThat(step.path("name").asText()).isEqualTo(STEPS.get(i));
            int succeeded = 0;
            for (JsonNode attempt : step.path("attempts")) {
                succeeded += attempt.path("success").asBoolean() ? 1 : 0;
            }
            assertThat(succeeded).as(step.toString()).isEqualTo(1);
        }
    }

    /** Every publishing leaves one backup: more of them would be an object that was published twice. */
    private void assertNothingElseIsThere(int published) throws IOException {
        try (Stream<Path> files = Files.list(object.getParent())) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertThat(names).hasSize(published + 1);
            assertThat(names.get(0)).isEqualTo("file.parquet");
            assertThat(names.subList(1, names.size()))
                    .allMatch(name -> name.matches("file\\.parquet\\.glulam-.*\\.bak"));
        }
    }
}
