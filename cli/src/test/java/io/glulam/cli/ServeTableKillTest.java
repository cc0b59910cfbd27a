package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.testkit.s3.Extents;
import io.glulam.testkit.s3.Fault;
import io.glulam.testkit.s3.HttpMessage;
import io.glulam.testkit.s3.StoreRules;
import io.glulam.testkit.s3.StrictStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL inside each of the five steps of a table, in that of the commit twice: before the commit is there, and after it. Every
 * time the table gets one commit and one new file, and no other new file stays.
 */
@Tag("once")
@Tag("kill")
class ServeTableKillTest {
    private static final List<String> STEPS =
            List.of("validate-dataset", "get-file-metadata", "analyze-and-compact", "commit", "update-metadata");
    private static final String NEW = "-glulam.parquet";

    @TempDir
    Path folder;

    private final Trap trap = new Trap();
    private StrictStore store;
    private OneDataset dataset;
    private Path tables;
    private ServerProcess server;
    private volatile boolean committing;

    @BeforeEach
    void start() throws IOException {
        store = StrictStore.start(StoreRules.R2, folder);
        tables = StoredTables.iceberg(store, folder);
        StoredTables.delta(store, folder, "lake/events");
        store.failWith((number, request) -> fate(request));
        dataset = OneDataset.start(trap);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
        dataset.close();
        store.close();
    }

    private Fault fate(HttpMessage request) {
        String name = request.operation() + " " + request.key();
        // The catalog is a database here: what a commit reads after it has written its metadata comes after the commit.
        boolean first = committing && !name.contains(".metadata.json");
        Fault fault = switch (trap.request(first ? "committed:" + name : name)) {
            case ANSWERED -> null;
            case HELD_BEFORE -> Fault.SILENCE_BEFORE;
            case HELD_AFTER -> Fault.SILENCE_AFTER;
        };
        committing |= name.startsWith("PUT ") && name.contains("/00002-");
        return fault;
    }

    private void startServer() throws IOException {
        server = ServerProcess.start(
                folder,
                "--bucket",
                "r2://" + StrictStore.BUCKET,
                "--endpoint",
                store.endpoint().toString(),
                "--catalog",
                dataset.url(),
                "--catalog-key",
                OneDataset.KEY,
                "--tables",
                tables.toString(),
                "--retry-delay",
                "100ms");
    }

    private void killAt(String id, Predicate<String> request, boolean afterwards) throws Exception {
        trap.set(request, 0, afterwards);
        startServer();
        kill(id);
    }

    private void kill(String id) throws Exception {
        try {
            trap.await();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ": " + server.get("/status/" + id), e);
        }
        // Lets what is held after its effect have it.
        Thread.sleep(100);
        server.kill();
    }

    private static Predicate<String> ofNewFile() {
        return request -> request.startsWith("PUT ") && request.endsWith(NEW)
                || request.startsWith("COMPLETE_UPLOAD ") && request.endsWith(NEW);
    }

    private JsonNode killedInsideEachStep(
            String table, Predicate<String> planning, Predicate<String> commit, boolean committed) throws Exception {
        dataset.reset(table, false);
        String id = "round";
        startServer();
        // The first one comes from POST /compact itself.
        trap.set("catalog:GET"::equals, 1, false);
        JsonNode answer = server.post(
                "/compact",
                "{\"datasetId\":\"uuid\",\"table\":\"" + table + "\",\"instanceId\":\"" + id
                        + "\",\"tableOptions\":{\"min-input-files\":2"
                        + (table.startsWith("delta:") ? ",\"single-writer\":true" : "") + "}}");
        assertThat(answer.path("status").asText()).as(answer.toString()).isEqualTo("queued");
        kill(id);
        killAt(id, planning, false);
        killAt(id, ofNewFile(), true);
        killAt(id, commit, committed);
        killAt(id, "catalog:PATCH"::equals, true);
        trap.set(any -> false, 0, false);
        startServer();
        JsonNode status = server.ended(id);
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        for (int i = 0; i < STEPS.size(); i++) {
            assertStep(status.path("steps").path(i), STEPS.get(i));
        }
        assertThat(dataset.row().path("compaction_needed").asBoolean(true)).isFalse();
        return status;
    }

    /** The first attempt was ended by the server's death, and the second succeeded. */
    private static void assertStep(JsonNode step, String name) {
        assertThat(step.path("name").asText()).isEqualTo(name);
        List<String> errors = new ArrayList<>();
        step.path("attempts")
                .forEach(
                        attempt -> errors.add(attempt.path("error").path("name").asText("none")));
        assertThat(errors).as(step.toString()).containsExactly("ServerStopped", "none");
    }

    private List<String> newFiles() {
        return store.keys().stream().filter(key -> key.endsWith(NEW)).toList();
    }

    private void assertNoSecret(JsonNode status) throws IOException {
        assertThat(status.toString()).doesNotContain(StoredTables.SECRET);
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            List<Path> all = new ArrayList<>(files.filter(Files::isRegularFile).toList());
            all.add(folder.resolve("log"));
            for (Path file : all) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(StoredTables.SECRET);
            }
        }
    }

    @Test
    void anIcebergTableGetsOneCommit() throws Exception {
        JsonNode status = killedInsideEachStep(
                "iceberg:prod.db.events",
                request -> request.startsWith("GET ") && request.contains("/metadata/snap-"),
                request -> request.startsWith("PUT ") && request.contains("/00002-"),
                true);
        assertThat(status.path("output").path("recovered").asBoolean(true)).isFalse();
        assertIceberg(status);
    }

    @Test
    void anIcebergCommitWhoseServerDiedAfterItIsFoundAgain() throws Exception {
        JsonNode status = killedInsideEachStep(
                "iceberg:prod.db.events",
                request -> request.startsWith("GET ") && request.contains("/metadata/snap-"),
                request -> request.startsWith("committed:"),
                false);
        assertThat(status.path("output").path("recovered").asBoolean()).isTrue();
        assertIceberg(status);
    }

    private void assertIceberg(JsonNode status) throws IOException {
        assertThat(StoredTables.snapshots(store, folder)).isEqualTo(2);
        assertThat(StoredTables.rows(store, folder)).isEqualTo(String.valueOf(StoredTables.FILES * 20_000));
        assertThat(newFiles()).hasSize(1);
        assertThat(store.uploads()).isEmpty();
        assertNoSecret(status);
    }

    @Test
    void aScheduleBeyondItsCeilingOfMoneyMovesNoByte() throws Exception {
        List<String> requests = Collections.synchronizedList(new ArrayList<>());
        store.doBefore((number, request) -> {
            requests.add(request.operation() + " " + request.key());
            return null;
        });
        Files.writeString(
                tables,
                "{\"catalogs\":\"catalogs.properties\",\"schedules\":[{\"table\":\"iceberg:prod.db.events\","
                        + "\"every\":\"1h\",\"tableOptions\":{\"min-input-files\":2},\"maxDollars\":0.000001}]}");
        startServer();
        JsonNode instances = server.get("/instances").path("instances");
        for (long end = System.nanoTime() + 180_000_000_000L; instances.isEmpty() && System.nanoTime() < end; ) {
            Thread.sleep(50);
            instances = server.get("/instances").path("instances");
        }
        String id = instances.path(0).path("id").asText();
        assertThat(id).startsWith("scheduled-");
        JsonNode status = server.ended(id);
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        JsonNode output = status.path("output");
        assertThat(output.path("nothingToDo").asBoolean()).isTrue();
        assertThat(output.path("reason").asText())
                .matches("maxDollars is 0\\.000001, and the requests of the cheapest output cost an estimated"
                        + " 0\\.0000[0-9]+");
        assertThat(requests)
                .anyMatch(request -> request.contains("/metadata/"))
                .allMatch(request -> request.startsWith("GET ") || request.startsWith("HEAD "));
        assertThat(requests).noneMatch(request -> request.endsWith(".parquet"));
        assertThat(StoredTables.snapshots(store, folder)).isEqualTo(1);
    }

    /** The dead server's commit could still have arrived, so that its files may be part of the table. */
    @Test
    void aCommitThatMayHaveBeenMadeDeletesNothing() throws Exception {
        String log = "lake/events/_delta_log/00000000000000000001.json";
        String body =
                "{\"table\":\"delta:lake/events\",\"instanceId\":\"%s\",\"tableOptions\":{\"single-writer\":true}%s}";
        startServer();
        server.post("/compact", body.formatted("free", ",\"maxDollars\":0"));
        JsonNode free = server.ended("free");
        assertThat(free.path("output").path("reason").asText())
                .as(free.toString())
                .startsWith("maxDollars is 0, and the requests of");

        trap.set(("PUT " + log)::equals, 0, false);
        server.post("/compact", body.formatted("unknown", ""));
        kill("unknown");
        assertThat(newFiles()).hasSize(1);
        String other = "{\"commitInfo\":{\"operation\":\"DELETE\"}}\n{\"remove\":{\"path\":\"part-0.parquet\","
                + "\"deletionTimestamp\":1,\"dataChange\":true}}\n";
        store.put(log, Extents.of(other.getBytes(StandardCharsets.UTF_8)), Map.of());
        trap.set(any -> false, 0, false);
        startServer();

        JsonNode status = server.ended("unknown");
        assertThat(status.path("error").path("name").asText())
                .as(status.toString())
                .isEqualTo("CommitStateUnknown");
        assertThat(status.path("error").path("remedy").asText()).contains("nothing was deleted");
        assertThat(newFiles()).hasSize(1);
    }

    @Test
    void aDeltaCommitWhoseServerDiedAfterItIsFoundAgain() throws Exception {
        JsonNode status = killedInsideEachStep(
                "delta:lake/events",
                request -> request.startsWith("GET ") && request.contains("/_delta_log/"),
                request -> request.startsWith("PUT ") && request.endsWith("/_delta_log/00000000000000000001.json"),
                true);
        assertThat(status.path("output").path("recovered").asBoolean()).isTrue();
        assertThat(store.keys())
                .contains("lake/events/_delta_log/00000000000000000001.json")
                .doesNotContain("lake/events/_delta_log/00000000000000000002.json");
        assertThat(newFiles()).hasSize(1);
        assertThat(store.uploads()).isEmpty();
        assertNoSecret(status);
    }
}
