package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.HttpMessage;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL surely inside each of the four steps: a request that the step makes, to the catalog or to the store, is held
 * before or after its effect, and the server killed while it waits. The object has more than 50 MB and lies in a store
 * as strict as R2. {@code -Dglulam.rounds=25} kills 25 times in each step.
 */
@Tag("once")
@Tag("kill")
class ServeStepKillTest {
    private static final int ROUNDS = Integer.getInteger("glulam.rounds", 1);
    private static final int ROW_GROUPS = 50;
    private static final String KEY = "path/to/file.parquet";
    private static final List<String> STEPS =
            List.of("validate-dataset", "get-file-metadata", "analyze-and-compact", "update-metadata");
    private static final Set<String> HOUSEKEEPING =
            Set.of("LIST", "LIST_UPLOADS", "LIST_PARTS", "ABORT_UPLOAD", "DELETE");

    @TempDir
    Path folder;

    private final Trap trap = new Trap();
    private final Set<String> versions = new ConcurrentSkipListSet<>();
    private final Random random = new Random(Long.getLong("glulam.seed", 20260131));
    private StrictStore store;
    private OneDataset dataset;
    private Path original;
    private FileChannel bytes;
    private ServerProcess server;

    @BeforeEach
    void start() throws IOException {
        original = Demo.file(folder, "original.parquet", ROW_GROUPS);
        assertThat(Files.size(original)).isGreaterThan(50_000_000);
        bytes = FileChannel.open(original);
        store = StrictStore.start(StoreRules.R2, folder);
        store.failWith((number, request) -> fate(request));
        dataset = OneDataset.start(trap);
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        dataset.close();
        store.close();
        bytes.close();
    }

    /** Every version of the object that was ever seen, and whether this request is the one to hold. */
    private Fault fate(HttpMessage request) {
        String version = store.etag(KEY);
        if (version != null) {
            versions.add(version);
        }
        return trap.fault("store:" + request.operation());
    }

    private void startServer() throws IOException {
        server = ServerProcess.over(store, folder, "--catalog", dataset.url(), "--catalog-key", OneDataset.KEY);
    }

    @Test
    void killedInsideEachStep() throws Exception {
        startServer();
        newRound(false);
        trap.set(ServeStepKillTest::isOfStepThree, Integer.MAX_VALUE, false);
        server.post("/compact", "{\"datasetId\":\"uuid\",\"instanceId\":\"undisturbed\"}");
        assertEndsWell("undisturbed", 1, false);
        int requests = trap.seen();
        assertThat(requests).isGreaterThan(5);

        for (int round = 0; round < ROUNDS; round++) {
            newRound(round % 3 == 1);
            boolean flaggedMeanwhile = round % 5 == 4;
            String id = "round-" + round;

            // The first one comes from POST /compact itself.
            trap.set("catalog:GET"::equals, 1, random.nextBoolean());
            server.post("/compact", "{\"datasetId\":\"uuid\",\"instanceId\":\"" + id + "\"}");
            kill();
            assertUntouched();

            trap.set("store:HEAD"::equals, 0, random.nextBoolean());
            startServer();
            kill();
            assertUntouched();

            setForStepThree(round, requests);
            startServer();
            kill();
            assertThat(versions).hasSizeLessThanOrEqualTo(2);
            assertFlagged();
            if (flaggedMeanwhile) {
                dataset.flag();
            }

            setForStepFour(round);
            startServer();
            kill();
            assertThat(versions).hasSize(2);

            trap.set(any -> false, 0, false);
            startServer();
            assertEndsWell(id, 2, flaggedMeanwhile);
        }
    }

    private void newRound(boolean withTrigger) throws IOException {
        store.keys().forEach(store::remove);
        store.put(KEY, Extents.of(bytes, 0, bytes.size()), java.util.Map.of());
        versions.clear();
        versions.add(store.etag(KEY));
        dataset.reset(KEY, withTrigger);
    }

    /** At the moment of publishing, then at any request. */
    private void setForStepThree(int round, int requests) {
        switch (round % 4) {
            case 0 -> trap.set("store:COMPLETE_UPLOAD"::equals, 0, false);
            case 1 -> trap.set("store:COMPLETE_UPLOAD"::equals, 0, true);
            default -> trap.set(ServeStepKillTest::isOfStepThree, random.nextInt(requests), random.nextBoolean());
        }
    }

    private void setForStepFour(int round) {
        Predicate<String> change = "catalog:PATCH"::equals;
        trap.set(change, 0, round % 2 == 0);
    }

    private static boolean isOfStepThree(String request) {
        return request.startsWith("store:")
                && !request.equals("store:HEAD")
                && !HOUSEKEEPING.contains(request.substring("store:".length()));
    }

    private void kill() throws InterruptedException {
        trap.kill(server);
    }

    private void assertUntouched() {
        assertThat(versions).hasSize(1);
        assertThat(store.keys()).containsExactly(KEY);
        assertFlagged();
    }

    private void assertFlagged() {
        assertThat(dataset.row().path("compaction_needed").asBoolean()).isTrue();
        assertThat(dataset.row().hasNonNull("file_size_bytes")).isFalse();
    }

    private void assertEndsWell(String id, int attempts, boolean flagKept) throws Exception {
        JsonNode status = server.ended(id);
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        assertThat(status.path("steps")).hasSize(STEPS.size());
        for (int i = 0; i < STEPS.size(); i++) {
            assertStep(status.path("steps").get(i), STEPS.get(i), attempts);
        }
        assertOnePublishing();
        JsonNode row = dataset.row();
        assertThat(row.path("compaction_needed").asBoolean())
                .as(status.toString())
                .isEqualTo(flagKept);
        assertThat(status.path("output").path("flagKept").asBoolean()).isEqualTo(flagKept);
        assertThat(row.path("file_size_bytes").asLong())
                .isEqualTo(store.get(KEY).length());
        assertThat(row.hasNonNull("last_compacted_at")).isTrue();
        assertSameValues();
    }

    /** All attempts but the last were ended by the server's death, and that one succeeded. */
    private static void assertStep(JsonNode step, String name, int attempts) {
        assertThat(step.path("name").asText()).isEqualTo(name);
        assertThat(step.path("attempts")).as(step.toString()).hasSize(attempts);
        for (int i = 0; i < attempts; i++) {
            JsonNode attempt = step.path("attempts").get(i);
            assertThat(attempt.path("success").asBoolean()).as(step.toString()).isEqualTo(i == attempts - 1);
            if (i < attempts - 1) {
                assertThat(attempt.path("error").path("name").asText())
                        .as(step.toString())
                        .isEqualTo("ServerStopped");
            }
        }
    }

    private void assertOnePublishing() {
        versions.add(store.etag(KEY));
        assertThat(versions).as("the source, and what replaced it").hasSize(2);
        assertThat(store.uploads()).isEmpty();
        Set<String> others = new TreeSet<>(store.keys());
        others.remove(KEY);
        assertThat(others).hasSize(1).allMatch(key -> key.matches(".*\\.glulam-.*\\.bak"));
    }

    private void assertSameValues() throws IOException {
        Path compacted = folder.resolve("compacted.parquet");
        Files.write(compacted, store.get(KEY).toByteArray());
        assertThat(FileVerifier.firstDifference(original, compacted, CompactionOptions.defaults()))
                .isEmpty();
    }
}
