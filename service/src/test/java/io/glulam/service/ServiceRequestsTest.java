package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that the API refuses, and lists and events that it answers with, over HTTP. */
class ServiceRequestsTest {
    private static final String KEY = "path/to/file.parquet";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(folder, Map.of());
        FragmentedFile.write(server.bucket().resolve(KEY));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void add(String id, String key, boolean flagged) {
        server.service().catalog().add(id, key, flagged);
    }

    @Test
    void requestsThatCannotBeAreToldWhichFieldIsWrong() {
        add("a", KEY, true);
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("{}", "datasetId"),
                Map.entry("{\"datasetId\":1}", "datasetId"),
                Map.entry("{\"datasetId\":\"\"}", "datasetId"),
                Map.entry("{\"datasetId\":\"a\\u0000\"}", "datasetId"),
                Map.entry("{\"datasetId\":\"a\\ud800\"}", "datasetId"),
                Map.entry("{\"datasetId\":\"" + "x".repeat(101) + "\"}", "datasetId"),
                Map.entry("{\"datasetId\":\"a\",\"bucketKey\":\"../x\"}", "bucketKey"),
                Map.entry("{\"datasetId\":\"a\",\"bucketKey\":\"%2e%2e/x\"}", "bucketKey"),
                Map.entry("{\"datasetId\":\"a\",\"instanceId\":\"a b\"}", "instanceId"),
                Map.entry("{\"datasetId\":\"a\",\"force\":\"yes\"}", "force"),
                Map.entry("{\"datasetId\":\"a\",\"engine\":\"jvm\"}", "engine"),
                Map.entry("{\"datasetId\":\"a\",\"publish\":\"away\"}", "publish"),
                Map.entry("{\"datasetId\":\"a\",\"backup\":\"long\"}", "backup"),
                Map.entry("{\"datasetId\":\"a\",\"surprise\":1}", "surprise"),
                Map.entry("{\"datasetId\":\"a\",\"options\":[]}", "options"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"speed\":1}}", "options.speed"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"threshold\":\"much\"}}", "options.threshold"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"maxRows\":0}}", "options.maxRows"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"order\":\"random\"}}", "options.order"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"codec\":\"zstd:99\"}}", "options.codec"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"codec\":\"brotli\"}}", "options.codec"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"pageSize\":0}}", "options.pageSize"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"writerCompat\":\"v3\"}}", "options.writerCompat"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"readers\":[\"excel\"]}}", "options.readers"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"readers\":\"spark\"}}", "options.readers"),
                Map.entry("{\"datasetId\":\"a\",\"options\":{\"rewrite\":1}}", "options.rewrite"));
        wrong.forEach((body, field) -> {
            Answer answer = server.post("/compact", body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().path("error").path("field").asText())
                    .as(body)
                    .isEqualTo(field);
            assertThat(answer.json().path("error").path("message").asText())
                    .as(body)
                    .isNotEmpty();
        });
        for (String body : List.of("", "{", "[1]", "null", "{\"datasetId\":\"a\"} more", "{\"a\":1,\"a\":2}")) {
            assertThat(server.post("/compact", body).status()).as(body).isEqualTo(400);
        }
        assertThat(server.post("/plan", " ".repeat(70_000)).status()).isEqualTo(413);
        // It may list keys.
        assertThat(server.post("/compact", " ".repeat(70_000)).status()).isEqualTo(400);
        assertThat(server.post("/compact", " ".repeat((2 << 20) + 1)).status()).isEqualTo(413);
        assertThat(server.post("/compact", "{\"datasetId\":")
                        .json()
                        .path("error")
                        .path("message")
                        .asText())
                .contains("(line 1, column ")
                .doesNotContain("Source");
        assertThat(server.post(
                                "/compact",
                                "{\"datasetId\":\"a\",\"bucketKey\":null,\"instanceId\":null,\"force\":null,"
                                        + "\"options\":null,\"publish\":null,\"backup\":null,\"callbackUrl\":null}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void theEnginesOfAWorkerAreKnownAndThoseThatAreNotHereRefused() {
        add("a", KEY, true);
        for (String body :
                List.of("{\"datasetId\":\"a\",\"engine\":\"wasm\"}", "{\"datasetId\":\"a\",\"planHash\":\"0\"}")) {
            for (String path : List.of("/compact", "/plan")) {
                Answer refused = server.post(path, body);
                assertThat(refused.status()).as(body).isEqualTo(501);
                assertThat(refused.json().path("error").path("name").asText()).isEqualTo("NotSupported");
            }
        }
        assertThat(server.post("/compact", "{\"datasetId\":\"a\",\"engine\":\"jvm\"}")
                        .json()
                        .path("error")
                        .path("message")
                        .asText())
                .isEqualTo("must be one of auto, wasm, container");

        JsonNode chosen = server.ended(server.compact("a", null, Json.object().put("engine", "container")));
        assertThat(chosen.path("output").path("published").asBoolean()).isTrue();
        assertThat(chosen.path("request").path("engine").asText()).isEqualTo("container");
        JsonNode either = server.ended(
                server.compact("a", null, Json.object().put("engine", "auto").put("force", true)));
        assertThat(either.path("output").path("nothingToDo").asBoolean()).isTrue();
    }

    @Test
    void whatContradictsWhatIsThereIsAConflict() {
        add("a", KEY, true);

        assertThat(server.post("/compact", "{\"datasetId\":\"a\",\"bucketKey\":\"other.parquet\"}")
                        .status())
                .isEqualTo(409);
        String id = server.compact("a", KEY, Json.object().put("instanceId", "mine-1"));
        assertThat(id).isEqualTo("mine-1");
        server.ended(id);
        assertThat(server.post("/compact", "{\"datasetId\":\"a\",\"instanceId\":\"mine-1\"}")
                        .status())
                .isEqualTo(409);
        assertThat(server.post("/instances/mine-1/pause", "{}").status()).isEqualTo(409);
        assertThat(server.post("/instances/none/pause", "{}").status()).isEqualTo(404);
        assertThat(server.get("/status/none").status()).isEqualTo(404);
    }

    @Test
    void aFullQueueIsSaidToBeFullToWhateverWouldQueue() {
        try (TestServer full = TestServer.open(folder.resolve("full"), Map.of("most-queued", "1"))) {
            String first = full.compact("a", "a.parquet", Json.object());
            Answer second = full.post("/compact", "{\"datasetId\":\"b\",\"bucketKey\":\"b.parquet\"}");
            assertThat(second.status()).isEqualTo(503);
            assertThat(second.json().path("error").path("remedy").asText()).isEqualTo("try again later");

            full.post("/instances/" + first + "/pause", "{}");
            full.compact("b", "b.parquet", Json.object());
            for (String action : List.of("resume", "restart")) {
                Answer answer = full.post("/instances/" + first + "/" + action, "{}");
                assertThat(answer.status()).as(action).isEqualTo(503);
                assertThat(answer.json().path("error").path("message").asText())
                        .isEqualTo("1 instances are queued already");
            }
            assertThat(full.get("/status/" + first).json().path("status").asText())
                    .isEqualTo("paused");
        }
    }

    @Test
    void instancesAndDatasetsAreListed() {
        add("a", KEY, true);
        server.ended(server.compact("a", KEY, Json.object()));

        JsonNode instances = server.get("/instances?status=complete&limit=5").json();
        assertThat(instances.path("instances")).hasSize(1);
        assertThat(instances
                        .path("instances")
                        .get(0)
                        .path("summary")
                        .path("published")
                        .asBoolean())
                .isTrue();
        assertThat(instances.path("counts").path("complete").asInt()).isEqualTo(1);
        assertThat(server.get("/instances?datasetId=b").json().path("instances"))
                .isEmpty();
        assertThat(server.get("/instances?status=dead").status()).isEqualTo(400);
        assertThat(server.get("/instances?limit=0").status()).isEqualTo(400);
        assertThat(server.get("/instances?before=now").status()).isEqualTo(400);
        assertThat(server.get("/instances?state=errored").status()).isEqualTo(400);
        assertThat(server.get("/datasets?flagged=maybe").status()).isEqualTo(400);
        assertThat(server.get("/datasets?flagged=false")
                        .json()
                        .path("datasets")
                        .get(0)
                        .path("id")
                        .asText())
                .isEqualTo("a");
    }

    @Test
    void instancesAreListedInPages() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(server.compact("none", null, Json.object()));
        }
        List<String> listed = new ArrayList<>();
        String from = "";
        do {
            JsonNode page = server.get("/instances?limit=2" + from).json();
            listed.addAll(page.path("instances").findValuesAsText("id"));
            from = page.path("before").isNull()
                    ? ""
                    : "&before=" + page.path("before").asText() + "&beforeId="
                            + page.path("beforeId").asText();
        } while (!from.isEmpty());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void eventsTellOfAnInstanceUntilItEnds() {
        add("a", KEY, true);
        String id = server.compact("a", KEY, Json.object());

        Answer events = server.get("/instances/" + id + "/events");

        assertThat(events.response().headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(events.response().body()).contains("event: status\ndata: {").contains("\"status\":\"complete\"");
    }
}
