package io.glulam.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.FragmentedFile;
import io.glulam.service.TestServer;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets are added, flagged, and found by looking through the bucket. */
class DatasetsTest {
    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode scan(String body) {
        Answer answer = server.post("/scan", body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void aDatasetIsAddedOnceAndFlagged() {
        assertThat(server.post("/datasets", "{\"id\":\"a\",\"bucketKey\":\"a.parquet\"}")
                        .status())
                .isEqualTo(201);
        assertThat(server.post("/datasets", "{\"id\":\"a\",\"bucketKey\":\"b.parquet\"}")
                        .status())
                .isEqualTo(409);
        assertThat(server.post("/datasets/none/flag", "{}").status()).isEqualTo(404);

        Answer flagged = server.post("/datasets/a/flag", "{}");

        assertThat(flagged.json().path("compactionNeeded").asBoolean()).isTrue();
        assertThat(flagged.json().path("bucketKey").asText()).isEqualTo("a.parquet");
        for (String body : List.of(
                "{\"id\":\"b\"}",
                "{\"bucketKey\":\"b\"}",
                "{\"id\":\"b\",\"bucketKey\":\"../b\"}",
                "{\"id\":\"b\",\"bucketKey\":\"b\",\"more\":1}",
                "{\"id\":\"b\",\"bucketKey\":\"b\",\"compactionNeeded\":1}")) {
            assertThat(server.post("/datasets", body).status()).as(body).isEqualTo(400);
        }
    }

    @Test
    void aScanFlagsWhatIsFragmentedAndPassesOverTables() throws IOException {
        FragmentedFile.write(server.bucket().resolve("lake/known.parquet"));
        FragmentedFile.write(server.bucket().resolve("lake/new.parquet"));
        FragmentedFile.write(server.bucket().resolve("lake/table/part.parquet"));
        Files.createDirectories(server.bucket().resolve("lake/table/_delta_log"));
        Files.writeString(server.bucket().resolve("lake/broken.parquet"), "no Parquet");
        FragmentedFile.write(server.bucket().resolve("elsewhere/x.parquet"));
        server.service().catalog().add("k", "lake/known.parquet", false);

        JsonNode told = scan("{\"prefix\":\"lake/\",\"flag\":false}");
        assertThat(told.path("objects").findValuesAsText("bucketKey"))
                .containsExactly(
                        "lake/broken.parquet", "lake/known.parquet", "lake/new.parquet", "lake/table/part.parquet");
        assertThat(told.path("objects").findValuesAsText("verdict"))
                .containsExactly("unreadable", "fragmented", "fragmented", "table");
        assertThat(server.service().catalog().find("k").orElseThrow().compactionNeeded())
                .isFalse();

        JsonNode flagged = scan("{\"prefix\":\"lake/\",\"add\":true}");
        assertThat(flagged.path("objects").findValuesAsText("flagged"))
                .containsExactly("false", "true", "true", "false");
        assertThat(server.service().catalog().list("", true, 10))
                .extracting(dataset -> dataset.id())
                .containsExactly("k", "lake/new.parquet");

        String id = server.compact("k", null, Json.object());
        server.ended(id);
        JsonNode after = scan("{\"prefix\":\"lake/known\"}");
        assertThat(after.path("objects").findValuesAsText("verdict")).containsExactly("healthy");
    }

    @Test
    void aScanGoesOnWhereItStopped() {
        for (int i = 0; i < 5; i++) {
            FragmentedFile.write(server.bucket().resolve("a" + i + ".parquet"));
        }
        List<String> keys = new ArrayList<>();
        String after = null;
        do {
            var body = Json.object().put("limit", 2);
            if (after != null) {
                body.put("after", after);
            }
            JsonNode found = scan(Json.text(body));
            keys.addAll(found.path("objects").findValuesAsText("bucketKey"));
            after = found.path("after").textValue();
        } while (after != null);

        assertThat(keys).containsExactly("a0.parquet", "a1.parquet", "a2.parquet", "a3.parquet", "a4.parquet");
    }

    @Test
    void whatWaitsToBeDeletedIsNotTakenForAnObject() {
        FragmentedFile.write(server.bucket().resolve("a.parquet"));
        server.service().catalog().add("a", "a.parquet", true);
        server.ended(server.compact("a", null, Json.object().put("publish", "new-key")));

        JsonNode found = scan("{\"add\":true}");

        assertThat(found.path("objects").findValuesAsText("verdict")).containsExactly("healthy");
        assertThat(found.path("objects").get(0).path("datasetId").asText()).isEqualTo("a");
    }

    @Test
    void everyDatasetOfAFragmentedObjectIsFlagged() {
        FragmentedFile.write(server.bucket().resolve("a.parquet"));
        server.service().catalog().add("one", "a.parquet", false);
        server.service().catalog().add("two", "a.parquet", false);

        assertThat(scan("{}").path("objects").get(0).path("datasetId").asText()).isEqualTo("one");

        assertThat(server.service().catalog().list("", true, 10))
                .extracting(dataset -> dataset.id())
                .containsExactly("one", "two");
    }
}
