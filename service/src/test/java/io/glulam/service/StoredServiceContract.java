package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.local.DiskSpool;
import io.glulam.s3.S3Settings;
import io.glulam.s3.S3Store;
import io.glulam.s3.S3Stores;
import io.glulam.s3.S3Uri;
import io.glulam.s3.UnfinishedUploads;
import io.glulam.service.catalog.Dataset;
import io.glulam.service.json.Json;
import io.glulam.storage.ObjectWriter;
import io.glulam.storage.PublishCondition;
import io.glulam.storage.RangeReader;
import io.glulam.storage.WriteRequest;
import io.glulam.testkit.generate.FileRecipe;
import io.glulam.testkit.generate.ParquetJavaFiles;
import io.glulam.testkit.read.ParquetFile;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The workflow over HTTP, on a bucket of a store. */
abstract class StoredServiceContract {
    static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "AK", "AWS_SECRET_ACCESS_KEY", "very-secret");
    private static final String PREFIX = "lake/tables/";
    static final String KEY = "path/to/a file.parquet";

    @TempDir
    Path folder;

    private TestServer server;
    private URI endpoint;
    private S3Store store;
    private Path original;

    /** Starts the store; gives where it answers. */
    abstract URI startStore() throws IOException;

    abstract void stopStore();

    /** {@code s3} or {@code r2}. */
    abstract String scheme();

    /** Whether the store tells of unfinished uploads. */
    boolean listsUploads() {
        return true;
    }

    TestServer server() {
        return server;
    }

    @BeforeEach
    void start() throws IOException {
        endpoint = startStore();
        store = new S3Stores(S3Settings.of(CREDENTIALS).with(endpoint, null, null, null))
                .store(S3Uri.parse(scheme() + "://bucket/"));
        server = TestServer.start(
                folder,
                Map.of("bucket", scheme() + "://bucket/lake/tables", "endpoint", endpoint.toString()),
                CREDENTIALS);
        original = FragmentedFile.write(folder.resolve("original.parquet"));
        put(PREFIX + KEY, Files.readAllBytes(original));
    }

    @AfterEach
    void stop() {
        server.close();
        stopStore();
    }

    @Test
    void readsOfAnObjectThatIsSmallEnoughAreMeasured() throws Exception {
        server.close();
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Map<String, String> settings = Map.of(
                "bucket",
                scheme() + "://bucket/lake/tables",
                "endpoint",
                endpoint.toString(),
                "tmp-dir",
                temporary.toString(),
                "measure",
                MeasuredServiceTest.driver());
        server = TestServer.start(folder, settings, CREDENTIALS);
        add("a", KEY);

        JsonNode measured = server.ended(server.compact("a", null, Json.object()))
                .path("output")
                .path("measured");

        assertThat(measured.path("before").path("fullScanSeconds").asDouble()).isPositive();
        assertThat(measured.path("after").path("fullScanSeconds").asDouble()).isPositive();
        assertThat(temporary).isEmptyDirectory();

        server.close();
        Map<String, String> small = new HashMap<>(settings);
        small.put("measure-download", "100");
        server = TestServer.start(folder, small, CREDENTIALS);
        put(PREFIX + "b.parquet", Files.readAllBytes(original));
        add("b", "b.parquet");
        JsonNode output = server.ended(server.compact("b", null, Json.object())).path("output");
        assertThat(output.path("published").asBoolean()).isTrue();
        assertThat(output.has("measured")).isFalse();
    }

    private void put(String key, byte[] bytes) {
        try (ObjectWriter writer = store.create(
                key, WriteRequest.of(new PublishCondition.Absent(), bytes.length, DiskSpool.IN_SYSTEM_FOLDER))) {
            writer.append(ByteBuffer.wrap(bytes));
            writer.publish();
        }
    }

    private byte[] get(String key) {
        try (RangeReader reader = store.open(key)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) reader.size());
            reader.read(0, bytes);
            return bytes.array();
        }
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        store.list("", facts -> keys.add(facts.key()));
        return keys;
    }

    private void add(String id, String key) {
        server.service().catalog().add(id, key, true);
    }

    private Dataset dataset(String id) {
        return server.service().catalog().find(id).orElseThrow();
    }

    private void assertSameValues(Path expected, String key) throws IOException {
        Path copy = Files.write(folder.resolve("copy.parquet"), get(key));
        assertThat(FileVerifier.firstDifference(expected, copy, CompactionOptions.defaults()))
                .isEmpty();
    }

    private void assertNoUploadIsLeft() {
        if (listsUploads()) {
            assertThat(new UnfinishedUploads(store).before("", Instant.MAX)).isEmpty();
        }
    }

    private static JsonNode complete(JsonNode status) {
        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        assertThat(status.toString()).doesNotContain("very-secret");
        return status.path("output");
    }

    @Test
    void anObjectIsCompactedInPlaceWithABackupBesideIt() throws IOException {
        add("a", KEY);

        JsonNode output = complete(server.ended(server.compact("a", KEY, Json.object())));

        assertThat(output.path("after").path("rowGroups").asInt()).isEqualTo(1);
        assertThat(output.path("flagKept").asBoolean()).isFalse();
        assertThat(output.path("traffic").path("bytesDownloaded").asLong()).isPositive();
        assertThat(output.path("traffic").path("requests").path("GET").asLong()).isPositive();
        assertThat(output.path("traffic").path("requests").path("LIST").asLong())
                .as("the search for a table asks the store itself")
                .isPositive();
        assertThat(server.get("/metrics").response().body())
                .contains("glulam_store_requests_total{kind=")
                .contains("glulam_store_bytes_total{way=\"downloaded\"}");
        assertSameValues(original, PREFIX + KEY);
        String backup = output.path("backupKey").asText();
        assertThat(backup).startsWith(KEY + ".glulam-").endsWith(".bak");
        assertThat(get(PREFIX + backup)).isEqualTo(Files.readAllBytes(original));
        assertThat(store.head(PREFIX + KEY).orElseThrow().mark())
                .isEqualTo(output.path("planHash").asText());
        assertThat(output.path("version").asText())
                .isEqualTo(store.head(PREFIX + KEY).orElseThrow().version());
        assertThat(dataset("a").compactionNeeded()).isFalse();
        assertThat(dataset("a").fileSizeBytes())
                .isEqualTo(store.head(PREFIX + KEY).orElseThrow().size());
        assertNoUploadIsLeft();
    }

    @Test
    void aLargeObjectGoesThroughAnUpload() throws IOException {
        Path large = folder.resolve("large.parquet");
        FileRecipe recipe = FileRecipe.of(
                1,
                MessageTypeParser.parseMessageType(
                        "message m { required int64 id; optional binary name (STRING); optional double value; }"));
        ParquetJavaFiles.write(recipe.withRows(400_000, 1500, 1500, 400_000, 1500, 1500), large);
        put(PREFIX + "large.parquet", Files.readAllBytes(large));
        add("l", "large.parquet");
        ObjectNode body = Json.object();
        body.putObject("options").put("threshold", "128KiB");

        JsonNode output = complete(server.ended(server.compact("l", null, body)));

        assertThat(output.path("before").path("rowGroups").asInt()).isEqualTo(6);
        assertThat(output.path("after").path("rowGroups").asInt()).isEqualTo(4);
        assertSameValues(large, PREFIX + "large.parquet");
        assertThat(get(PREFIX + output.path("backupKey").asText())).isEqualTo(Files.readAllBytes(large));
        assertNoUploadIsLeft();
    }

    @Test
    void severalObjectsBecomeOne() throws IOException {
        put(PREFIX + "in/a.parquet", Files.readAllBytes(original));
        put(PREFIX + "in/b.parquet", Files.readAllBytes(original));
        add("a", "in/a.parquet");

        JsonNode output = complete(server.ended(server.post(
                        "/compact", "{\"bucketKeys\":[\"in/a.parquet\",\"in/b.parquet\"],\"target\":\"all.parquet\"}")
                .json()
                .path("id")
                .asText()));
        JsonNode again = complete(server.ended(server.post("/compact", "{\"prefix\":\"in/\",\"target\":\"out/\"}")
                .json()
                .path("id")
                .asText()));

        assertThat(output.path("after").path("rows").asLong())
                .isEqualTo(2 * rows(original))
                .isEqualTo(again.path("after").path("rows").asLong());
        assertThat(output.path("traffic").path("bytesUploaded").asLong()).isPositive();
        assertThat(output.path("datasets").get(0).path("flagKept").asBoolean()).isFalse();
        assertThat(keys()).contains(PREFIX + "all.parquet", PREFIX + "out/part-00000.parquet", PREFIX + "in/a.parquet");
        assertNoUploadIsLeft();
    }

    private static long rows(Path file) {
        try (ParquetFile parquet = ParquetFile.open(file)) {
            return parquet.metaData().getNum_rows();
        }
    }

    @Test
    void aNewKeyTakesTheCatalogAlong() throws IOException {
        add("n", KEY);

        JsonNode output =
                complete(server.ended(server.compact("n", null, Json.object().put("publish", "new-key"))));

        String newKey = output.path("bucketKey").asText();
        assertThat(newKey).startsWith("path/to/a file.glulam-").endsWith(".parquet");
        assertThat(dataset("n").key()).isEqualTo(newKey);
        assertSameValues(original, PREFIX + newKey);
        assertThat(get(PREFIX + KEY)).isEqualTo(Files.readAllBytes(original));
        assertNoUploadIsLeft();
    }

    @Test
    void backupsAreDeletedWhenTheirTimeHasCome() throws Exception {
        add("a", KEY);
        String id = server.compact("a", KEY, Json.object().put("backup", "1s"));
        complete(server.ended(id));
        server.restart();

        long end = System.nanoTime() + 180_000_000_000L;
        while (keys().size() > 1 && System.nanoTime() < end) {
            Thread.sleep(200);
            server.restart();
        }

        assertThat(keys()).containsExactly(PREFIX + KEY);
    }

    @Test
    void nothingToDoLeavesTheObjectAsItIs() {
        add("a", KEY);
        complete(server.ended(server.compact("a", KEY, Json.object().put("backup", "none"))));
        String version = store.head(PREFIX + KEY).orElseThrow().version();
        server.service().catalog().flag("a");

        JsonNode output = complete(server.ended(server.compact("a", KEY, Json.object())));

        assertThat(output.path("published").asBoolean()).isFalse();
        assertThat(store.head(PREFIX + KEY).orElseThrow().version()).isEqualTo(version);
        assertThat(dataset("a").compactionNeeded()).isFalse();
        assertThat(keys()).containsExactly(PREFIX + KEY);
    }

    @Test
    void whatIsOutsideOfThePrefixIsOutOfReach() {
        put("secret.parquet", new byte[] {1});

        for (String key :
                List.of("../secret.parquet", "/secret.parquet", "..%2fsecret.parquet", "a/../../secret.parquet")) {
            assertThat(server.post("/plan", Json.text(Json.object().put("bucketKey", key)))
                            .status())
                    .as(key)
                    .isEqualTo(400);
        }
        assertThat(server.post("/plan", "{\"bucketKey\":\"secret.parquet\"}").status())
                .isEqualTo(404);
        assertThat(server.post("/plan", Json.text(Json.object().put("bucketKey", "x".repeat(1020))))
                        .json()
                        .path("error")
                        .path("message")
                        .asText())
                .contains("1024");
    }

    @Test
    void aMissingObjectAndATableAreRefused() {
        add("m", "none.parquet");
        JsonNode missing = server.ended(server.compact("m", null, Json.object()));
        assertThat(missing.path("error").path("message").asText()).contains("no such object");
        assertThat(missing.path("steps").get(1).path("attempts")).hasSize(1);

        put(PREFIX + "path/_delta_log/00000000000000000000.json", new byte[] {'{', '}'});
        add("t", KEY);
        JsonNode table = server.ended(server.compact("t", null, Json.object()));
        assertThat(table.path("error").path("message").asText()).contains("Delta");
        assertThat(store.head(PREFIX + KEY).orElseThrow().mark()).isNull();
    }
}
