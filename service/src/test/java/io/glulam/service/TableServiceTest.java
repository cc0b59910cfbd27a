package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.settings.InvalidSetting;
import io.glulam.tables.TableVerification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that are compacted by the service: one instance each, whose commit is a step of its own. */
@Tag("once")
class TableServiceTest {
    private static final List<String> STEPS =
            List.of("validate-dataset", "get-file-metadata", "analyze-and-compact", "commit", "update-metadata");

    @TempDir
    Path folder;

    private TestServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void start(String schedules, String... settings) {
        Path tables = ServedTable.iceberg(folder.resolve("lake"), 6, schedules);
        Map<String, String> all = new java.util.HashMap<>(Map.of("tables", tables.toString()));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        server = TestServer.start(folder, all);
    }

    private JsonNode compacted(String body) {
        Answer answer = server.post("/compact", body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        return server.ended(answer.json().path("id").asText());
    }

    private static JsonNode complete(JsonNode instance) {
        assertThat(instance.path("status").asText()).as(instance.toString()).isEqualTo("complete");
        return instance.path("output");
    }

    @Test
    void anIcebergTableIsCompactedInOneCommit() throws IOException {
        start("");
        long before = ServedTable.snapshot(folder.resolve("lake"));

        JsonNode instance = compacted("{\"table\":\"" + ServedTable.ICEBERG + "\",\"instanceId\":\"mine\"}");

        JsonNode output = complete(instance);
        assertThat(instance.path("steps"))
                .extracting(step -> step.path("name").asText())
                .isEqualTo(STEPS);
        assertThat(instance.path("bucketKey").asText()).isEqualTo(ServedTable.ICEBERG);
        assertThat(output.path("before").path("files").asInt()).isEqualTo(6);
        assertThat(output.path("after").path("files").asInt()).isEqualTo(1);
        assertThat(output.path("published").asBoolean()).isTrue();
        assertThat(output.path("release").asText()).contains("expire_snapshots");
        long after = ServedTable.snapshot(folder.resolve("lake"));
        assertThat(output.path("snapshot").asLong()).isEqualTo(after).isNotEqualTo(before);
        TableVerification verification = ServedTable.compare(folder.resolve("lake"), before, after);
        assertThat(verification.differences()).isEmpty();
        assertThat(verification.rowsAfter()).isEqualTo(300);
        assertThat(ServedTable.newFiles(folder)).hasSize(1);

        JsonNode again = complete(compacted("{\"table\":\"" + ServedTable.ICEBERG + "\"}"));
        assertThat(again.path("nothingToDo").asBoolean()).as(again.toString()).isTrue();
        assertThat(ServedTable.snapshot(folder.resolve("lake"))).isEqualTo(after);
        assertNoSecret(instance, again);
    }

    private void assertNoSecret(JsonNode... shown) throws IOException {
        for (JsonNode json : shown) {
            assertThat(json.toString()).doesNotContain(ServedTable.SECRET);
        }
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(ServedTable.SECRET);
            }
        }
    }

    @Test
    void aDatasetMayBeADeltaTable() {
        start("");
        ServedTable.delta(server.bucket().resolve("lake/events"), 4);
        Answer added = server.post(
                "/datasets", "{\"id\":\"events\",\"table\":\"delta:lake/events\",\"compactionNeeded\":true}");
        assertThat(added.status()).as(added.json().toString()).isEqualTo(201);
        assertThat(added.json().path("bucketKey").asText()).isEqualTo("delta:lake/events");

        JsonNode output = complete(compacted("{\"datasetId\":\"events\"}"));

        assertThat(output.path("snapshot").asLong()).isEqualTo(1);
        assertThat(output.path("flagKept").asBoolean(true))
                .as(output.toString())
                .isFalse();
        assertThat(output.path("release").asText()).startsWith("VACUUM");
        JsonNode dataset = server.get("/datasets").json().path("datasets").get(0);
        assertThat(dataset.path("compactionNeeded").asBoolean(true)).isFalse();
        assertThat(dataset.path("lastCompactedAt").isTextual()).isTrue();
        assertThat(dataset.path("fileSizeBytes").asLong())
                .isEqualTo(output.path("after").path("bytes").asLong());
        assertThat(ServedTable.deltaCommits(server.bucket().resolve("lake/events")))
                .hasSize(1)
                .allSatisfy(commit -> assertThat(commit).content().contains("\"glulam.run\":\""));

        JsonNode skipped = complete(compacted("{\"datasetId\":\"events\",\"table\":\"delta:lake/events\"}"));
        assertThat(skipped.path("skipped").asBoolean()).isTrue();
        assertThat(server.post("/compact", "{\"datasetId\":\"events\",\"table\":\"delta:other\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void withPartialProgressADeltaTableGetsSeveralVersions() throws IOException {
        start("");
        Path table = server.bucket().resolve("lake/events");
        ServedTable.delta(table, 6);
        long target = Files.size(table.resolve("part-5.parquet")) * 5 / 2;

        JsonNode output =
                complete(compacted("{\"table\":\"delta:lake/events\",\"instanceId\":\"mine\",\"tableOptions\":"
                        + "{\"target-file-size-bytes\":" + target
                        + ",\"partial-progress.enabled\":true,\"partial-progress.max-commits\":2}}"));

        assertThat(output.path("after").path("files").intValue()).isEqualTo(3);
        assertThat(output.path("snapshots")).extracting(JsonNode::longValue).containsExactly(1L, 2L);
        assertThat(output.path("failedCommits").intValue()).isZero();
        assertThat(ServedTable.deltaCommits(table))
                .hasSize(2)
                .allSatisfy(commit -> assertThat(commit).content().contains("\"glulam.run\":\"mine-"));
    }

    @Test
    void aPlanTellsPartitionsAndWritesNothing() {
        start("");
        Answer plan = server.post("/plan", "{\"table\":\"" + ServedTable.ICEBERG + "\"}");
        assertThat(plan.status()).as(plan.json().toString()).isEqualTo(200);
        JsonNode partition = plan.json().path("partitions").get(0);
        assertThat(partition.path("files").asInt()).isEqualTo(6);
        assertThat(partition.path("candidates").asInt()).isEqualTo(6);
        assertThat(plan.json().path("nothingToDo").asBoolean(true)).isFalse();
        assertThat(plan.json().toString()).doesNotContain(folder.toString()).doesNotContain(ServedTable.SECRET);
        assertThat(ServedTable.newFiles(folder)).isEmpty();
        assertThat(server.get("/capabilities").json().path("tables").asBoolean())
                .isTrue();
    }

    @Test
    void aRequestNamesNothingThatTheConfigurationDoesNot() {
        start("");
        String table = "{\"table\":\"" + ServedTable.ICEBERG + "\",";
        assertRefused("{\"table\":\"iceberg:other.db.events\"}", "table");
        assertRefused("{\"table\":\"iceberg:http://evil.example/.db.events\"}", "table");
        assertRefused(table + "\"uri\":\"http://evil.example\"}", "uri");
        assertRefused(table + "\"catalogProperties\":{}}", "catalogProperties");
        assertRefused(table + "\"tableOptions\":{\"uri\":{}}}", "tableOptions.uri");
        assertRefused(table + "\"maxDollars\":-1}", "maxDollars");
        assertRefused(table + "\"maxBytes\":0}", "maxBytes");
        for (String other : List.of("delta:s3://other/lake", "delta:/etc", "delta:../lake", "hudi:lake")) {
            assertRefused("{\"table\":\"" + other + "\"}", "table");
        }
        assertRefused("{\"datasetId\":\"x\",\"bucketKey\":\"delta:../lake\"}", "bucketKey");
    }

    private void assertRefused(String body, String field) {
        Answer answer = server.post("/compact", body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
        assertThat(answer.json().path("error").path("field").asText()).isEqualTo(field);
    }

    @Test
    void aDeltaTableBehindASymbolicLinkIsRefused() throws IOException {
        start("");
        ServedTable.delta(folder.resolve("elsewhere"), 2);
        Files.createSymbolicLink(server.bucket().resolve("link"), folder.resolve("elsewhere"));
        Answer answer = server.post("/compact", "{\"table\":\"delta:link\"}");
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
        assertThat(answer.json().path("error").path("message").asText()).contains("symbolic link");
    }

    @Test
    void tokensOfPrefixesSeeTheirTablesOnly() throws IOException {
        Path tokens = Files.writeString(
                folder.resolve("tokens"),
                "token-of-delta-tables lake/\ntoken-of-iceberg-tables iceberg:demo.shop.\ntoken-of-i-objects i\n"
                        + "token-of-everything\n");
        start("", "tokens", tokens.toString());
        ServedTable.delta(server.bucket().resolve("lake/events"), 2);
        String[] delta = {"Authorization", "Bearer token-of-delta-tables"};
        String[] iceberg = {"Authorization", "Bearer token-of-iceberg-tables"};
        String[] objects = {"Authorization", "Bearer token-of-i-objects"};
        String body = "{\"table\":\"" + ServedTable.ICEBERG + "\"}";

        assertThat(server.post("/compact", body, delta).status()).isEqualTo(403);
        assertThat(server.post("/compact", body, objects).status()).isEqualTo(403);
        assertThat(server.post("/plan", body, objects).status()).isEqualTo(403);
        assertThat(server.post("/compact", "{\"table\":\"delta:lake/events\"}", iceberg)
                        .status())
                .isEqualTo(403);
        Answer allowed = server.post("/compact", body, iceberg);
        assertThat(allowed.status()).as(allowed.json().toString()).isEqualTo(202);
        assertThat(server.post("/compact", "{\"table\":\"delta:lake/events\"}", delta)
                        .status())
                .isEqualTo(202);
        String path = "/status/" + allowed.json().path("id").asText();
        assertThat(server.get(path, delta).status()).isEqualTo(404);
        assertThat(server.get(path, iceberg).status()).isEqualTo(200);
        assertThat(server.get("/instances", objects).json().path("instances")).isEmpty();
    }

    @Test
    void aCeilingOfBytesStopsACompaction() {
        start("");
        long before = ServedTable.snapshot(folder.resolve("lake"));
        JsonNode output = complete(compacted("{\"table\":\"" + ServedTable.ICEBERG + "\",\"maxBytes\":\"100B\"}"));
        assertThat(output.path("nothingToDo").asBoolean()).isTrue();
        assertThat(output.path("reason").asText())
                .matches("maxBytes is 100, and the smallest output merges files of [0-9]+ bytes");
        assertThat(ServedTable.snapshot(folder.resolve("lake"))).isEqualTo(before);
        assertThat(ServedTable.newFiles(folder)).isEmpty();
    }

    @Test
    void aScheduleCompactsWithoutARequest() throws InterruptedException {
        start("{\"table\":\"" + ServedTable.ICEBERG + "\",\"every\":\"1h\",\"maxBytes\":\"1GiB\",\"maxDollars\":0.5}");
        long end = System.nanoTime() + 180_000_000_000L;
        JsonNode instances = server.get("/instances").json().path("instances");
        while (instances.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(50);
            instances = server.get("/instances").json().path("instances");
        }
        String id = instances.path(0).path("id").asText();
        assertThat(id).startsWith("scheduled-");
        JsonNode output = complete(server.ended(id));
        assertThat(output.path("after").path("files").asInt()).isEqualTo(1);

        server.restart();
        Thread.sleep(1_500);

        assertThat(server.get("/instances").json().path("instances")).hasSize(1);
    }

    @Test
    void settingsOfTablesAreTried() throws IOException {
        for (String[] wrong : new String[][] {
            {"{\"schedules\":[{\"table\":\"iceberg:none.db.t\",\"every\":\"1h\"}]}", "configuration does not have"},
            {"{\"schedules\":[{\"table\":\"delta:lake\"}]}", "schedules[0].every"},
            {"{\"catalogs\":\"none.properties\"}", "cannot be read"},
            {"{\"uri\":\"http://x\"}", "uri"},
            {"[", "cannot be read as JSON"}
        }) {
            Path file = Files.writeString(folder.resolve("tables.json"), wrong[0]);
            assertThatThrownBy(() -> TestServer.start(folder, Map.of("tables", file.toString())))
                    .isInstanceOf(InvalidSetting.class)
                    .hasMessageContaining(wrong[1]);
        }
    }

    @Test
    void aServerWithoutTablesAnswers501() {
        server = TestServer.start(folder, Map.of());
        for (String path : List.of("/compact", "/plan")) {
            Answer answer = server.post(path, "{\"table\":\"delta:lake/events\"}");
            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.json().path("error").path("message").asText()).isEqualTo("this server lacks tables");
        }
        assertThat(server.get("/capabilities").json().path("tables").asBoolean(true))
                .isFalse();
    }
}
