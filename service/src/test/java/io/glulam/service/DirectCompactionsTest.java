package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.bucket.LocalBucket;
import io.glulam.service.json.Json;
import io.glulam.testkit.read.ParquetFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** POST /compactions: step 3 alone, for a caller that has a workflow of its own. */
class DirectCompactionsTest {
    private static final String SOURCE = "events/a.parquet";
    private static final String TARGET = ".glulam/tmp/i_1/1-1.parquet";

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = TestServer.start(folder, Map.of());
        FragmentedFile.write(server.bucket().resolve(SOURCE));
        Files.createDirectories(server.bucket().resolve(TARGET).getParent());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anObjectIsCompactedIntoANewOneAndStaysAsItWas() throws Exception {
        byte[] before = Files.readAllBytes(server.bucket().resolve(SOURCE));

        JsonNode output = complete(wish("one")).path("output");

        assertThat(output.path("bucketKey").asText()).isEqualTo(TARGET);
        assertThat(output.path("size").asLong())
                .isEqualTo(Files.size(server.bucket().resolve(TARGET)));
        assertThat(output.path("after").path("rowGroups").asInt())
                .isLessThan(output.path("before").path("rowGroups").asInt());
        assertThat(Files.readAllBytes(server.bucket().resolve(SOURCE))).isEqualTo(before);
        try (ParquetFile source = ParquetFile.open(server.bucket().resolve(SOURCE));
                ParquetFile target = ParquetFile.open(server.bucket().resolve(TARGET))) {
            assertThat(target.metaData().getNum_rows())
                    .isEqualTo(source.metaData().getNum_rows());
        }
        assertThat(server.get("/instances").json().path("instances")).isEmpty();
    }

    @Test
    void theSameRequestAgainIsNotCarriedOutTwice() throws Exception {
        JsonNode first = complete(wish("one"));
        Files.delete(server.bucket().resolve(TARGET));

        assertThat(complete(wish("one"))).isEqualTo(first);
        assertThat(server.bucket().resolve(TARGET)).doesNotExist();
    }

    @Test
    void aNameStandsForOneRequest() throws Exception {
        complete(wish("one"));

        TestServer.Answer answer = ask(wish("one").put("targetKey", "other.parquet"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(error(answer)).isEqualTo("Conflict");
    }

    @Test
    void anotherVersionIsRefused() throws Exception {
        TestServer.Answer answer = ended(wish("one").put("etag", "another"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(error(answer)).isEqualTo("SourceChanged");
        assertThat(server.bucket().resolve(TARGET)).doesNotExist();
    }

    @Test
    void aHealthyObjectMakesNone() throws Exception {
        ObjectNode healthy = wish("one");
        healthy.putObject("options").put("threshold", 1);

        JsonNode output = complete(healthy).path("output");

        assertThat(output.path("nothingToDo").asBoolean()).isTrue();
        assertThat(output.has("bucketKey")).isFalse();
        assertThat(server.bucket().resolve(TARGET)).doesNotExist();
    }

    @Test
    void whatIsThereIsNotOverwritten() throws Exception {
        Path target = server.bucket().resolve(TARGET);
        Files.writeString(target, "of another origin");

        TestServer.Answer answer = ended(wish("one"));

        assertThat(error(answer)).isEqualTo("StorageFailed");
        assertThat(target).hasContent("of another origin");
    }

    @Test
    void wrongFieldsAreNamed() throws Exception {
        assertThat(field(wish("one").put("etag", ""))).isEqualTo("etag");
        assertThat(field(wish("one").put("targetKey", "../a.parquet"))).isEqualTo("targetKey");
        assertThat(field(wish("one").put("targetKey", SOURCE))).isEqualTo("targetKey");
        assertThat(field(wish("one").put("datasetId", "a"))).isEqualTo("datasetId");
        assertThat(field(wish("one").put("options", 1))).isEqualTo("options");
    }

    @Test
    void aTokenForOtherKeysDoesNotReachTheTarget() throws Exception {
        ObjectNode wish = wish("one");
        server.close();
        Path tokens = Files.writeString(folder.resolve("tokens"), "a-token-for-events-only events/\n");
        server = TestServer.start(folder, Map.of("tokens", tokens.toString()));

        TestServer.Answer answer =
                server.post("/compactions", Json.text(wish), "Authorization", "Bearer a-token-for-events-only");

        assertThat(answer.status()).isEqualTo(403);
    }

    private TestServer.Answer ask(ObjectNode wish) {
        return server.post("/compactions", Json.text(wish));
    }

    /** Asks until it has ended. */
    private TestServer.Answer ended(ObjectNode wish) throws InterruptedException {
        TestServer.Answer answer = ask(wish);
        while (answer.status() == 202) {
            assertThat(answer.json().path("status").asText()).isEqualTo("running");
            Thread.sleep(20);
            answer = ask(wish);
        }
        return answer;
    }

    private JsonNode complete(ObjectNode wish) throws InterruptedException {
        TestServer.Answer answer = ended(wish);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("complete");
        return answer.json();
    }

    private static String error(TestServer.Answer answer) {
        return answer.json().path("error").path("name").asText();
    }

    private String field(ObjectNode wish) {
        TestServer.Answer answer = ask(wish);
        assertThat(answer.status()).isEqualTo(400);
        return answer.json().path("error").path("field").asText();
    }

    private ObjectNode wish(String name) {
        ObjectNode wish = Json.object();
        wish.put("idempotencyKey", name);
        wish.put("bucketKey", SOURCE);
        wish.put("etag", new LocalBucket(server.bucket()).head(SOURCE).version());
        wish.put("targetKey", TARGET);
        return wish;
    }
}
