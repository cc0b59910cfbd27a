package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.MergeOptions;
import io.glulam.Merger;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.HttpMessage;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL inside each of the four steps of a merge: a request to the store is held before or after its effect, and the
 * server killed while it waits. Every time the new object appears once, and no row is lost or doubled.
 */
@Tag("once")
@Tag("kill")
class ServeMergeKillTest {
    private static final int ROUNDS = Integer.getInteger("glulam.rounds", 1);
    private static final String TARGET = "merged/all.parquet";
    private static final List<String> INPUTS = List.of("a.parquet", "b.parquet");
    private static final List<String> STEPS =
            List.of("validate-dataset", "get-file-metadata", "analyze-and-compact", "update-metadata");

    @TempDir
    Path folder;

    private final Trap trap = new Trap();
    private final Random random = new Random(Long.getLong("glulam.seed", 20260131));
    private StrictStore store;
    private Path expected;
    private ServerProcess server;

    @BeforeEach
    void start() throws IOException {
        store = StrictStore.start(StoreRules.R2, folder);
        FoundInputs.Builder inputs = new FoundInputs.Builder();
        for (String key : INPUTS) {
            Path file = Demo.file(folder, key, 10);
            store.put(key, Extents.of(Files.readAllBytes(file)), Map.of());
            inputs.add(new Candidate(LocalStore.object(file), ""));
        }
        expected = folder.resolve("expected.parquet");
        new Merger(MergeOptions.defaults()).merge(inputs.build(), (group, index) -> LocalStore.object(expected));
        store.failWith((number, request) -> fate(request));
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        store.close();
    }

    private Fault fate(HttpMessage request) {
        return trap.fault(request.operation() + " " + request.key());
    }

    private void startServer() throws IOException {
        server = ServerProcess.over(store, folder);
    }

    private void kill(String id) throws IOException, InterruptedException {
        try {
            trap.kill(server);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ": " + server.get("/status/" + id), e);
        }
    }

    @Test
    void killedInsideEachStep() throws Exception {
        startServer();
        for (String key : INPUTS) {
            server.post("/datasets", "{\"id\":\"" + key + "\",\"bucketKey\":\"" + key + "\"}");
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (String key : INPUTS) {
                server.post("/datasets/" + key + "/flag", "{}");
            }
            String id = "round-" + round;
            trap.set(("HEAD " + TARGET)::equals, 0, random.nextBoolean());
            server.post(
                    "/compact",
                    "{\"bucketKeys\":[\"a.parquet\",\"b.parquet\"],\"target\":\"" + TARGET + "\",\"instanceId\":\"" + id
                            + "\",\"options\":{\"effort\":\"copy\"}}");
            kill(id);
            assertThat(store.keys()).containsExactlyInAnyOrderElementsOf(INPUTS);

            trap.set("HEAD b.parquet"::equals, 0, random.nextBoolean());
            startServer();
            kill(id);
            assertThat(store.keys()).containsExactlyInAnyOrderElementsOf(INPUTS);

            // At the moment of publishing, before or after it, or at any request of the transfer.
            switch (round % 4) {
                case 0 -> trap.set(ServeMergeKillTest::publishes, 0, true);
                case 1 -> trap.set(ServeMergeKillTest::publishes, 0, false);
                default ->
                    trap.set(
                            request -> request.startsWith("GET ") || request.startsWith("UPLOAD_PART "),
                            random.nextInt(3),
                            random.nextBoolean());
            }
            startServer();
            kill(id);
            String version = store.etag(TARGET);

            trap.set("HEAD a.parquet"::equals, 0, random.nextBoolean());
            startServer();
            kill(id);
            if (version != null) {
                assertThat(store.etag(TARGET)).as("published once").isEqualTo(version);
            }

            trap.set(any -> false, 0, false);
            startServer();
            assertEndsWell(id);
            store.remove(TARGET);
        }
    }

    private static boolean publishes(String request) {
        return request.equals("COMPLETE_UPLOAD " + TARGET) || request.equals("PUT " + TARGET);
    }

    private void assertEndsWell(String id) throws Exception {
        JsonNode status = server.ended(id);
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        int attempts = 0;
        for (int i = 0; i < STEPS.size(); i++) {
            JsonNode step = status.path("steps").get(i);
            assertThat(step.path("name").asText()).isEqualTo(STEPS.get(i));
            for (JsonNode attempt : step.path("attempts")) {
                attempts++;
                assertThat(attempt.path("error").path("name").asText("none"))
                        .as(step.toString())
                        .isIn("ServerStopped", "none");
            }
        }
        // The last kill may come in the third step, where that began anew.
        assertThat(attempts).as("four kills").isEqualTo(2 * STEPS.size());
        assertThat(status.path("output").path("outputs")).hasSize(1);
        assertThat(store.keys()).containsExactlyInAnyOrder("a.parquet", "b.parquet", TARGET);
        assertThat(store.uploads()).isEmpty();
        for (JsonNode dataset : server.get("/datasets").path("datasets")) {
            assertThat(dataset.path("compactionNeeded").asBoolean(true))
                    .as(dataset.toString())
                    .isFalse();
        }
        Path merged = folder.resolve("merged.parquet");
        Files.write(merged, store.get(TARGET).toByteArray());
        assertThat(FileVerifier.firstDifference(expected, merged, CompactionOptions.defaults()))
                .isEmpty();
    }
}
