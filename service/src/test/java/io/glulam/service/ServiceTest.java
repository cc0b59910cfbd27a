package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow from a request to the catalog, over HTTP, on the embedded databases and a folder. */
class ServiceTest {
    private static final String KEY = "path/to/file.parquet";

    @TempDir
    Path folder;

    private TestServer server;

    private Path object;

    private Path original;

    @BeforeEach
    void start() throws IOException {
        server = TestServer.start(folder, Map.of());
        object = FragmentedFile.write(server.bucket().resolve(KEY));
        original = Files.copy(object, folder.resolve("original.parquet"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void add(String id, String key, boolean flagged) {
        server.service().catalog().add(id, key, flagged);
    }

    private Dataset dataset(String id) {
        return server.service().catalog().find(id).orElseThrow();
    }

    private void assertSameValues(Path compacted) {
        assertThat(FileVerifier.firstDifference(original, compacted, CompactionOptions.defaults()))
                .isEmpty();
    }

    @Test
    void aFlaggedDatasetIsCompactedAndItsFlagCleared() throws IOException {
        add("uuid", KEY, true);

        JsonNode status = server.ended(server.compact("uuid", KEY, Json.object()));

        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        assertThat(status.path("output").path("before").path("rowGroups").asInt())
                .isEqualTo(5);
        assertThat(status.path("output").path("after").path("rowGroups").asInt())
                .isEqualTo(1);
        assertThat(status.path("output").path("flagKept").asBoolean()).isFalse();
        assertThat(status.path("steps").findValuesAsText("name"))
                .containsExactly("validate-dataset", "get-file-metadata", "analyze-and-compact", "update-metadata");
        assertSameValues(object);
        Dataset dataset = dataset("uuid");
        assertThat(dataset.compactionNeeded()).isFalse();
        assertThat(dataset.fileSizeBytes()).isEqualTo(Files.size(object));
        assertThat(dataset.lastCompactedAt()).isNotNull();
        Path backup =
                server.bucket().resolve(status.path("output").path("backupKey").asText());
        assertThat(Files.mismatch(backup, original)).isEqualTo(-1);
    }

    @Test
    void metricsCountWhatWasDoneAndWhatItIsWorthAndNameNoKey() {
        add("uuid", KEY, true);
        server.ended(server.compact("uuid", KEY, Json.object()));

        String metrics = server.get("/metrics").response().body();

        assertThat(metrics.lines())
                .contains("glulam_published_total 1.0", "glulam_row_groups_before_total 5.0")
                .contains("glulam_row_groups_after_total 1.0", "glulam_instances_ended_total{status=\"complete\"} 1.0")
                .contains("glulam_scan_requests_ratio_count 1")
                .anyMatch(line -> line.startsWith("glulam_read_requests_total{moment=\"after\",read=\"oneColumn\"} "))
                .anyMatch(line -> line.startsWith("glulam_read_bytes_total{moment=\"before\",read=\"pointLookup\"} "))
                .anyMatch(line -> line.startsWith("glulam_saved_dollars_per_month "));
        assertThat(metrics).doesNotContain("file.parquet").doesNotContain("uuid");
    }

    @Test
    void aMissingDatasetEndsTheInstanceWithoutARetry() {
        JsonNode status = server.ended(server.compact("nobody", KEY, Json.object()));

        assertThat(status.path("status").asText()).isEqualTo("errored");
        assertThat(status.path("error").path("name").asText()).isEqualTo("DatasetNotFound");
        assertThat(status.path("error").path("remedy").asText()).isNotEmpty();
        assertThat(status.path("steps").get(0).path("attempts")).hasSize(1);
    }

    @Test
    void whatIsNotFlaggedIsSkippedUnlessForced() throws IOException {
        add("a", KEY, false);

        JsonNode skipped = server.ended(server.compact("a", null, Json.object()));
        assertThat(skipped.path("status").asText()).isEqualTo("complete");
        assertThat(skipped.path("output").path("skipped").asBoolean()).isTrue();
        assertThat(skipped.path("output").path("reason").asText()).contains("compaction_needed");
        assertThat(Files.mismatch(object, original)).isEqualTo(-1);

        JsonNode forced = server.ended(server.compact("a", null, Json.object().put("force", true)));
        assertThat(forced.path("output").path("published").asBoolean()).isTrue();
        assertSameValues(object);
    }

    @Test
    void nothingToDoClearsTheFlagRefreshesTheSizeAndKeepsTheTime() {
        add("a", KEY, true);
        server.ended(server.compact("a", null, Json.object()));
        server.service().catalog().flag("a");
        Dataset before = dataset("a");

        JsonNode status = server.ended(server.compact("a", null, Json.object()));

        assertThat(status.path("output").path("published").asBoolean()).isFalse();
        assertThat(status.path("output").path("nothingToDo").asBoolean()).isTrue();
        assertThat(dataset("a").compactionNeeded()).isFalse();
        assertThat(dataset("a").lastCompactedAt()).isEqualTo(before.lastCompactedAt());
    }

    @Test
    void aRefusedObjectKeepsItsFlagAndStaysAsItIs() throws IOException {
        Path broken = server.bucket().resolve("broken.parquet");
        Files.writeString(broken, "PAR1 this is no Parquet file PAR1");
        add("b", "broken.parquet", true);

        JsonNode status = server.ended(server.compact("b", null, Json.object()));

        assertThat(status.path("status").asText()).isEqualTo("errored");
        assertThat(status.path("error").path("name").asText()).isEqualTo("CorruptFile");
        assertThat(status.path("error").path("message").asText()).startsWith("broken.parquet, offset 25: ");
        assertThat(status.toString()).doesNotContain(folder.toString());
        assertThat(server.post("/plan", "{\"bucketKey\":\"none.parquet\"}")
                        .response()
                        .body())
                .contains("none.parquet")
                .doesNotContain(folder.toString());
        assertThat(status.path("steps").get(2).path("attempts")).hasSize(1);
        assertThat(dataset("b").compactionNeeded()).isTrue();
        assertThat(Files.readString(broken)).startsWith("PAR1 this");
    }

    @Test
    void aFileOfATableIsRefused() throws IOException {
        Files.createDirectories(server.bucket().resolve("path/_delta_log"));
        add("t", KEY, true);

        JsonNode status = server.ended(server.compact("t", null, Json.object()));

        assertThat(status.path("error").path("name").asText()).isEqualTo("Unsupported");
        assertThat(status.path("error").path("message").asText())
                .contains("Delta")
                .doesNotContain(folder.toString());
        assertThat(Files.mismatch(object, original)).isEqualTo(-1);
    }

    @Test
    void aNewKeyTakesTheCatalogAlongAndLeavesTheOldObjectForAWhile() throws IOException {
        add("n", KEY, true);

        JsonNode status = server.ended(server.compact("n", null, Json.object().put("publish", "new-key")));

        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        String newKey = status.path("output").path("bucketKey").asText();
        assertThat(newKey).startsWith("path/to/file.glulam-").endsWith(".parquet");
        assertThat(dataset("n").key()).isEqualTo(newKey);
        assertThat(dataset("n").compactionNeeded()).isFalse();
        assertSameValues(server.bucket().resolve(newKey));
        assertThat(Files.mismatch(object, original)).isEqualTo(-1);
    }

    @Test
    void twoDatasetsOfOneObjectMoveAwayFromItOneAfterTheOther() throws IOException {
        add("n", KEY, true);
        add("m", KEY, true);
        server.ended(server.compact("n", null, Json.object().put("publish", "new-key")));

        JsonNode status = server.ended(server.compact("m", null, Json.object().put("publish", "new-key")));

        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        assertThat(dataset("m").key())
                .startsWith("path/to/file.glulam-")
                .isNotEqualTo(dataset("n").key());
        assertSameValues(server.bucket().resolve(String.valueOf(dataset("n").key())));
        assertSameValues(server.bucket().resolve(String.valueOf(dataset("m").key())));
    }

    @Test
    void noBackupIsLeftWhereNoneIsWanted() throws IOException {
        add("a", KEY, true);

        server.ended(server.compact("a", null, Json.object().put("backup", "none")));

        try (Stream<Path> files = Files.list(object.getParent())) {
            assertThat(files).containsExactly(object);
        }
    }

    @Test
    void theOptionsAreThoseOfTheCommandLine() {
        add("a", KEY, true);
        var body = Json.object();
        body.putObject("options")
                .put("maxRows", 600)
                .put("order", "healthy-first")
                .put("verify", "values")
                .put("codec", "zstd:3")
                .put("pageSize", "64KiB")
                .put("writerCompat", "v1")
                .put("rewrite", "all")
                .putArray("readers")
                .add("duckdb")
                .add("spark");

        JsonNode status = server.ended(server.compact("a", null, body));

        assertThat(status.path("output").path("after").path("rowGroups").asInt())
                .as(status.toString())
                .isEqualTo(3);
        assertSameValues(object);
    }

    @Test
    void aPlanIsADryRun() throws IOException {
        Answer plan = server.post("/plan", "{\"bucketKey\":\"" + KEY + "\"}");

        assertThat(plan.status()).as(plan.json().toString()).isEqualTo(200);
        assertThat(plan.json().path("before").path("fragments").asInt()).isEqualTo(5);
        assertThat(plan.json().path("plan").path("rowGroups").asInt()).isEqualTo(1);
        assertThat(plan.json().path("picture").path("after").get(0).get(2).asText())
                .isEqualTo("m");
        assertThat(Files.mismatch(object, original)).isEqualTo(-1);
        assertThat(plan.json().path("datasetId").isNull()).isTrue();
        add("b", KEY, false);
        add("a", KEY, false);
        assertThat(server.post("/plan", "{\"bucketKey\":\"" + KEY + "\"}")
                        .json()
                        .path("datasetId")
                        .asText())
                .isEqualTo("a");
        assertThat(server.post("/plan", "{\"bucketKey\":\"none.parquet\"}").status())
                .isEqualTo(404);
        assertThat(server.post("/plan", "{\"datasetId\":\"none\"}").status()).isEqualTo(404);
        Answer neither = server.post("/plan", "{}");
        assertThat(neither.status()).isEqualTo(400);
        assertThat(neither.json().path("error").path("field").asText()).isEqualTo("bucketKey");
    }

    @Test
    void anInstanceThatEndedIsRestarted() throws IOException {
        add("a", KEY, true);
        String id = server.compact("a", KEY, Json.object());
        server.ended(id);
        Files.copy(original, object, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        server.service().catalog().flag("a");

        assertThat(server.post("/instances/" + id + "/restart", "{}").status()).isEqualTo(200);
        JsonNode status = server.ended(id);

        assertThat(status.path("output").path("published").asBoolean()).isTrue();
        assertSameValues(object);
    }

    @Test
    void whatHelpsAgainstAMissingDatasetHelps() {
        String id = server.compact("late", null, Json.object());
        assertThat(server.ended(id).path("error").path("remedy").asText()).contains("add the dataset");
        add("late", KEY, true);

        assertThat(server.post("/instances/" + id + "/restart", "{}").status()).isEqualTo(200);

        JsonNode status = server.ended(id);
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        assertThat(status.path("bucketKey").asText()).isEqualTo(KEY);
        assertThat(dataset("late").compactionNeeded()).isFalse();
    }
}
