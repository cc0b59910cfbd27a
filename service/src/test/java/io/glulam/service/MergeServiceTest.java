package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.MergeOptions;
import io.glulam.Merger;
import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.local.LocalStore;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.catalog.Catalog;
import io.glulam.testkit.generate.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merges that are asked of the service: one instance each, by the same durable steps as a compaction. */
@Tag("once")
class MergeServiceTest {
    private static final String DAY = "events/dt=2026-11-28/";

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

    private Path file(String key) {
        return FragmentedFile.write(server.bucket().resolve(key), Seeds.base());
    }

    private JsonNode merged(String body) {
        Answer answer = server.post("/compact", body);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        return server.ended(answer.json().path("id").asText());
    }

    private static JsonNode complete(JsonNode instance) {
        assertThat(instance.path("status").asText()).as(instance.toString()).isEqualTo("complete");
        return instance.path("output");
    }

    /** Merges the files without a service. */
    private Path expected(Path... inputs) {
        Path target = folder.resolve("expected.parquet");
        new Merger(MergeOptions.defaults())
                .merge(
                        FoundInputs.of(Stream.of(inputs)
                                .map(file -> new Candidate(LocalStore.object(file), ""))
                                .toList()),
                        (group, index) -> LocalStore.object(target));
        return target;
    }

    private void assertSameValues(Path expected, Path actual) {
        assertThat(FileVerifier.firstDifference(expected, actual, CompactionOptions.defaults()))
                .isEmpty();
    }

    @Test
    void aListOfKeysBecomesOneObjectInTheOrderOfTheList() throws IOException {
        Path b = file("b.parquet");
        Path a = file("a.parquet");
        long before = Files.size(a);

        JsonNode instance = merged("{\"bucketKeys\":[\"b.parquet\",\"a.parquet\"],\"target\":\"merged/all.parquet\"}");

        JsonNode output = complete(instance);
        assertThat(instance.path("bucketKey").asText()).isEqualTo("merged/all.parquet");
        assertThat(instance.path("datasetId").isNull()).isTrue();
        assertThat(instance.path("steps")).hasSize(4);
        assertThat(output.path("published").asBoolean()).isTrue();
        assertThat(output.path("before").path("rows").asLong()).isEqualTo(2500);
        assertThat(output.path("after").path("rows").asLong()).isEqualTo(2500);
        assertThat(output.path("after").path("rowGroups").asLong()).isEqualTo(1);
        assertThat(output.path("outputs")).hasSize(1);
        assertSameValues(expected(b, a), server.bucket().resolve("merged/all.parquet"));
        assertThat(Files.size(a)).as("the inputs stay").isEqualTo(before);
    }

    @Test
    void aPrefixBecomesObjectsOfAFolderAndLaterOnlyWhatIsNew() {
        file(DAY + "1.parquet");
        file(DAY + "2.parquet");
        String body = "{\"prefix\":\"" + DAY + "\",\"target\":\"merged/\"}";

        JsonNode first = complete(merged(body));
        JsonNode again = complete(merged(body));
        file(DAY + "3.parquet");
        file(DAY + "4.parquet");
        JsonNode later = complete(merged(body));

        assertThat(keys(first)).containsExactly("merged/dt=2026-11-28/part-00000.parquet");
        assertThat(again.path("published").asBoolean()).isFalse();
        assertThat(again.path("outcome").asText()).isEqualTo("NO_CANDIDATES");
        assertThat(again.path("passedOver").path("MERGED").asInt()).isEqualTo(2);
        assertThat(keys(later)).containsExactly("merged/dt=2026-11-28/part-00001.parquet");
        assertThat(later.path("after").path("rows").asLong()).isEqualTo(2500);
    }

    private static List<String> keys(JsonNode output) {
        List<String> keys = new ArrayList<>();
        output.path("outputs").forEach(each -> keys.add(each.path("bucketKey").asText()));
        return keys;
    }

    @Test
    void aPrefixThatStandsForNothingIsANamedResult() {
        JsonNode output = complete(merged("{\"prefix\":\"none/\",\"target\":\"merged/\"}"));

        assertThat(output.path("outcome").asText()).isEqualTo("NO_CANDIDATES");
        assertThat(output.path("reason").asText()).isEqualTo("there is no object to merge");
    }

    @Test
    void theFlagsOfAllDatasetsConcernedAreCleared() {
        file("a.parquet");
        file("b.parquet");
        file("c.parquet");
        Catalog catalog = server.service().catalog();
        catalog.add("a", "a.parquet", true);
        catalog.add("b", "b.parquet", true);
        catalog.add("other", "c.parquet", true);
        catalog.add("all", "all.parquet", true);

        JsonNode output = complete(merged("{\"bucketKeys\":[\"a.parquet\",\"b.parquet\"],\"target\":\"all.parquet\"}"));

        assertThat(output.path("flagKept").asBoolean()).as(output.toString()).isFalse();
        assertThat(output.path("datasets")).hasSize(3);
        for (String id : List.of("a", "b", "all")) {
            assertThat(catalog.find(id).orElseThrow().compactionNeeded()).as(id).isFalse();
            assertThat(catalog.find(id).orElseThrow().lastCompactedAt()).as(id).isNotNull();
            assertThat(catalog.find(id).orElseThrow().fileSizeBytes()).as(id).isPositive();
        }
        assertThat(catalog.find("other").orElseThrow().compactionNeeded()).isTrue();
    }

    @Test
    void anObjectThatIsLeftKeepsItsFlag() {
        file("p/g=1/a.parquet");
        file("p/g=2/b.parquet");
        file("p/g=2/c.parquet");
        Catalog catalog = server.service().catalog();
        catalog.add("a", "p/g=1/a.parquet", true);
        catalog.add("b", "p/g=2/b.parquet", true);

        JsonNode output = complete(merged("{\"prefix\":\"p/\",\"target\":\"merged/\",\"minInputFiles\":2}"));

        assertThat(catalog.find("a").orElseThrow().compactionNeeded()).isTrue();
        assertThat(catalog.find("a").orElseThrow().lastCompactedAt()).isNull();
        assertThat(catalog.find("b").orElseThrow().compactionNeeded()).isFalse();
        assertThat(output.path("flagKept").asBoolean()).isTrue();
        assertThat(output.path("reason").asText()).isEqualTo("dataset a: the object was not merged");
    }

    @Test
    void youngAndLargeObjectsOfAPrefixArePassedOver() throws IOException {
        Path old = file("p/old.parquet");
        file("p/young.parquet");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(7200)));

        JsonNode output = complete(merged("{\"prefix\":\"p/\",\"target\":\"m/\",\"olderThan\":\"1h\"}"));
        JsonNode none = complete(merged("{\"prefix\":\"p/\",\"target\":\"n/\",\"minFileSize\":\"1KiB\"}"));

        assertThat(output.path("before").path("files").asInt()).isEqualTo(1);
        assertThat(none.path("outcome").asText()).isEqualTo("NO_CANDIDATES");
    }

    @Test
    void anObjectThatADatasetHasMovedAwayFromIsNotMergedAgain() {
        file("p/a.parquet");
        server.service().catalog().add("a", "p/a.parquet", true);
        JsonNode moved = server.ended(
                server.compact("a", null, io.glulam.service.json.Json.object().put("publish", "new-key")));
        assertThat(moved.path("status").asText()).isEqualTo("complete");

        JsonNode output = complete(merged("{\"prefix\":\"p/\",\"target\":\"m/\"}"));

        assertThat(output.path("before").path("files").asInt()).isEqualTo(1);
        assertThat(output.path("before").path("rows").asInt()).isEqualTo(1250);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "{\"bucketKeys\":[\"a.parquet\"],\"target\":\"all.parquet\"}; TargetExists",
                "{\"bucketKeys\":[\"none.parquet\"],\"target\":\"new.parquet\"}; ObjectMissing",
                "{\"bucketKeys\":[\"a.parquet\",\"text.parquet\"],\"target\":\"new.parquet\"}; CorruptFile"
            })
    void whatCannotBeMergedIsAnErrorWithARemedy(String body, String name) throws IOException {
        file("a.parquet");
        file("all.parquet");
        Files.writeString(server.bucket().resolve("text.parquet"), "this is no Parquet file, but long enough");

        JsonNode instance = merged(body);

        assertThat(instance.path("status").asText()).as(instance.toString()).isEqualTo("errored");
        assertThat(instance.path("error").path("name").asText()).isEqualTo(name);
        assertThat(instance.path("error").path("remedy").asText()).isNotEmpty();
        assertThat(instance.toString()).doesNotContain(folder.toString());
        assertThat(server.bucket().resolve("new.parquet")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '\u0001',
            value = {
                "{\"bucketKeys\":[\"../a.parquet\"],\"target\":\"new.parquet\"}; bucketKeys[0]",
                "{\"bucketKeys\":[\"a\",\"a\"],\"target\":\"new.parquet\"}; bucketKeys[1]",
                "{\"bucketKeys\":[\"a\"],\"target\":\"a\"}; bucketKeys[0]",
                "{\"bucketKeys\":[],\"target\":\"new.parquet\"}; bucketKeys",
                "{\"bucketKeys\":[\"a\"]}; target",
                "{\"bucketKeys\":[\"a\"],\"target\":\"../x/\"}; target",
                "{\"bucketKeys\":[\"a\"],\"target\":\"/x\"}; target",
                "{\"bucketKeys\":[\"a\"],\"prefix\":\"p/\",\"target\":\"x\"}; prefix",
                "{\"prefix\":\"p\",\"target\":\"x/\"}; prefix",
                "{\"prefix\":\"../p/\",\"target\":\"x/\"}; prefix",
                "{\"prefix\":\"p/*/\",\"target\":\"x/\"}; prefix",
                "{\"prefix\":\"p/\",\"target\":\"p/x/\"}; target",
                "{\"prefix\":\"p/\",\"target\":\"x\",\"targetFileSize\":\"1MiB\"}; targetFileSize",
                "{\"prefix\":\"p/\",\"target\":\"x/\",\"targetFileSize\":0}; targetFileSize",
                "{\"prefix\":\"p/\",\"target\":\"x\",\"mismatch\":\"group\"}; mismatch",
                "{\"prefix\":\"p/\",\"target\":\"x/\",\"metadata\":\"none\"}; metadata",
                "{\"prefix\":\"p/\",\"target\":\"x/\",\"inputOrder\":\"max:a\"}; inputOrder",
                "{\"prefix\":\"p/\",\"target\":\"x/\",\"olderThan\":\"soon\"}; olderThan",
                "{\"bucketKeys\":[\"a\"],\"target\":\"x\",\"olderThan\":\"1h\"}; olderThan",
                "{\"bucketKeys\":[\"a\"],\"target\":\"x\",\"options\":{\"effort\":\"most\"}}; options.effort",
                "{\"bucketKeys\":[\"a\"],\"target\":\"x\",\"replace\":true}; replace",
                "{\"bucketKeys\":[\"a\"],\"target\":\"x\",\"datasetId\":\"a\"}; datasetId"
            })
    void aWrongFieldIsNamed(String body, String field) {
        Answer answer = server.post("/compact", body);

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(400);
        assertThat(answer.json().path("error").path("field").asText()).isEqualTo(field);
    }

    @Test
    void aTokenMergesOnlyWhatIsItsOwn() throws IOException {
        server.close();
        Path tokens =
                Files.writeString(folder.resolve("tokens"), "mine-0123456789abcdef mine/\nall-0123456789abcdefg\n");
        server = TestServer.start(folder, Map.of("tokens", tokens.toString()));
        file("mine/a.parquet");
        file("theirs/a.parquet");
        String[] mine = {"Authorization", "Bearer mine-0123456789abcdef"};
        String[] all = {"Authorization", "Bearer all-0123456789abcdefg"};

        assertThat(server.post("/compact", "{\"prefix\":\"theirs/\",\"target\":\"mine/m/\"}", mine)
                        .status())
                .isEqualTo(403);
        assertThat(server.post("/compact", "{\"bucketKeys\":[\"mine/a.parquet\"],\"target\":\"x\"}", mine)
                        .status())
                .isEqualTo(403);
        assertThat(server.post(
                                "/compact",
                                "{\"bucketKeys\":[\"mine/a.parquet\",\"theirs/a.parquet\"],\"target\":\"mine/x\"}",
                                mine)
                        .status())
                .isEqualTo(403);
        assertThat(server.post("/compact", "{\"bucketKeys\":[\"mine/a.parquet\"],\"target\":\"mine/x\"}", mine)
                        .status())
                .isEqualTo(202);
        String foreign = server.post("/compact", "{\"prefix\":\"theirs/\",\"target\":\"mine/y/\"}", all)
                .json()
                .path("id")
                .asText();
        assertThat(server.get("/status/" + foreign, mine).status()).isEqualTo(404);
        assertThat(server.get("/status/" + foreign, all).status()).isEqualTo(200);
    }

    @Test
    void aQueuedMergeAnswersOnlyForTheSameMerge() {
        server.close();
        server = TestServer.open(folder, Map.of());
        String body = "{\"bucketKeys\":[\"a\",\"b\"],\"target\":\"x\"}";

        Answer first = server.post("/compact", body);
        Answer same = server.post("/compact", body);
        Answer other = server.post("/compact", "{\"bucketKeys\":[\"b\",\"a\"],\"target\":\"x\"}");
        server.service().catalog().add("x", "x", true);
        Answer compaction = server.post("/compact", "{\"datasetId\":\"x\"}");

        assertThat(same.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(same.json().path("isNew").asBoolean()).isFalse();
        assertThat(other.status()).isEqualTo(409);
        assertThat(compaction.status()).isEqualTo(409);
    }
}
