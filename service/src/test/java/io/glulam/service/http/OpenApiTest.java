package io.glulam.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.FragmentedFile;
import io.glulam.service.TestServer;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The description of the API is what the server does. */
class OpenApiTest {
    @TempDir
    Path folder;

    private TestServer server;
    private Map<String, Object> description;

    @BeforeEach
    void read() {
        server = TestServer.start(folder, Map.of());
        Answer answer = server.get("/openapi.yaml");
        assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
                .startsWith("application/yaml");
        description = new Yaml().load(answer.response().body());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private Map<String, Object> at(String... path) {
        Map<String, Object> node = description;
        for (String name : path) {
            node = map(node.get(name));
            assertThat(node).as(name).isNotNull();
        }
        return node;
    }

    /** Follows a reference. */
    private Map<String, Object> resolved(Map<String, Object> node) {
        Object reference = node.get("$ref");
        return reference == null
                ? node
                : at(reference.toString().replace("#/", "").split("/"));
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() {
        Set<String> described = new TreeSet<>();
        at("paths")
                .forEach((path, methods) -> map(methods)
                        .keySet()
                        .forEach(method -> described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path)));
        Set<String> served = new TreeSet<>(server.service().routes());
        served.removeIf(route -> route.equals("GET /") || route.startsWith("GET /page/"));

        assertThat(described).isEqualTo(served);
    }

    @Test
    void everyCallAnswersWithAStatusThatIsDescribed() {
        FragmentedFile.write(server.bucket().resolve("a.parquet"));
        server.service().catalog().add("a", "a.parquet", true);
        String id = server.compact("a", null, Json.object());
        server.ended(id);
        List<String> undescribed = new ArrayList<>();
        at("paths")
                .forEach((path, methods) -> map(methods).forEach((method, operation) -> {
                    for (String value : List.of(id, "none")) {
                        String uri = path.replace("{id}", value);
                        for (String body : List.of("{}", "{\"datasetId\":\"a\"}", "{\"bucketKey\":\"none\"}")) {
                            Answer answer = method.equals("get") ? server.get(uri) : server.post(uri, body);
                            Map<String, Object> responses =
                                    resolved(map(map(operation).get("responses")));
                            if (!responses.containsKey(String.valueOf(answer.status())) && answer.status() != 400) {
                                undescribed.add(method + " " + uri + " " + body + ": " + answer.status());
                            }
                        }
                    }
                }));

        assertThat(undescribed).isEmpty();
    }

    @Test
    void theCapabilitiesAreThoseThatAreDescribed() {
        JsonNode capabilities = server.get("/capabilities").json();

        Set<String> fields = new HashSet<>();
        capabilities.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .isEqualTo(
                        map(map(at("paths", "/capabilities", "get", "responses", "200", "content", "application/json")
                                                .get("schema"))
                                        .get("properties"))
                                .keySet());
        assertThat(capabilities.path("engines").get(0).asText()).isEqualTo("container");
        assertThat(capabilities.path("callbacks").asBoolean()).isFalse();
    }

    @Test
    void anInstanceHasTheFieldsThatAreDescribed() {
        FragmentedFile.write(server.bucket().resolve("a.parquet"));
        server.service().catalog().add("a", "a.parquet", true);

        JsonNode instance = server.ended(server.compact("a", null, Json.object()));

        Set<String> fields = new HashSet<>();
        instance.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .isEqualTo(map(at("components", "schemas", "Instance").get("properties"))
                        .keySet());
    }

    @Test
    void theFieldsOfARequestAreThoseThatAreTaken() {
        String refusal = server.post("/compact", "{\"datasetId\":\"a\",\"surprise\":1}")
                .json()
                .path("error")
                .path("message")
                .asText();
        String merge = server.post("/compact", "{\"prefix\":\"a/\",\"surprise\":1}")
                .json()
                .path("error")
                .path("message")
                .asText();
        String options = server.post("/compact", "{\"datasetId\":\"a\",\"options\":{\"surprise\":1}}")
                .json()
                .path("error")
                .path("message")
                .asText();

        assertThat(words(refusal))
                .isEqualTo(map(at("components", "schemas", "Compaction").get("properties"))
                        .keySet());
        assertThat(words(merge))
                .isEqualTo(map(at("components", "schemas", "Merge").get("properties"))
                        .keySet());
        assertThat(words(options))
                .isEqualTo(map(at("components", "schemas", "Options").get("properties"))
                        .keySet());
    }

    private static Set<String> words(String message) {
        return Set.of(message.substring(message.indexOf("known are ") + 10).split(", "));
    }
}
