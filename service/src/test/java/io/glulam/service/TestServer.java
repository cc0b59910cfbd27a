package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.service.json.Json;
import io.glulam.service.settings.ServiceSettings;
import io.glulam.service.settings.SettingsReader;
import io.glulam.service.settings.SettingsSource;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A server inside the test's process, asked over real HTTP. */
public final class TestServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(180);

    static {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host,origin,connection");
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final ServiceSettings settings;
    private Service service;

    private TestServer(ServiceSettings settings, Service service) {
        this.settings = settings;
        this.service = service;
    }

    /** Starts one on a free port with its data and bucket under {@code folder}. */
    public static TestServer start(Path folder, Map<String, String> settings) {
        return start(folder, settings, Map.of());
    }

    /** As {@link #start(Path, Map)}, with an environment. */
    public static TestServer start(Path folder, Map<String, String> settings, Map<String, String> environment) {
        ServiceSettings read = read(folder, settings, environment);
        return new TestServer(read, Service.start(read));
    }

    /** As {@link #start(Path, Map)}, but it carries no instance on. */
    public static TestServer open(Path folder, Map<String, String> settings) {
        ServiceSettings read = read(folder, settings, Map.of());
        return new TestServer(read, Service.open(read));
    }

    private static ServiceSettings read(Path folder, Map<String, String> settings, Map<String, String> environment) {
        Map<String, String> flags = new HashMap<>();
        flags.put("data", folder.resolve("data").toString());
        flags.put("bucket", folder.resolve("bucket").toString());
        flags.put("port", "0");
        flags.put("retry-delay", "10ms");
        flags.putAll(settings);
        return SettingsReader.read(SettingsSource.of(flags, environment, Set.of()));
    }

    /** Stops it and starts it again with the same data; the port is another one. */
    public void restart() {
        service.close();
        service = Service.start(settings);
    }

    /** The folder that is its bucket. */
    public Path bucket() {
        return Path.of(settings.bucket());
    }

    public Service service() {
        return service;
    }

    public URI uri(String path) {
        return URI.create("http://localhost:" + service.address().getPort() + path);
    }

    /** An answer, its body as JSON where it is. */
    public record Answer(int status, JsonNode json, HttpResponse<String> response) {}

    public Answer get(String path, String... headers) {
        return send(HttpRequest.newBuilder(uri(path)).GET(), headers);
    }

    public Answer post(String path, String body, String... headers) {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                headers);
    }

    public Answer send(HttpRequest.Builder request, String... headers) {
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response =
                    client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
            JsonNode body = json ? Json.read(response.body().getBytes(StandardCharsets.UTF_8)) : Json.object();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks for a compaction, which must be accepted, and gives the instance's id. */
    public String compact(String datasetId, String key, ObjectNode more) {
        ObjectNode body = more.deepCopy();
        body.put("datasetId", datasetId);
        if (key != null) {
            body.put("bucketKey", key);
        }
        Answer answer = post("/compact", Json.text(body));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    /** Waits until an instance has ended, and gives its status. */
    public JsonNode ended(String id) {
        return until(id, Set.of("complete", "errored", "terminated"));
    }

    /** Waits until an instance has one of these statuses. */
    public JsonNode until(String id, Set<String> statuses) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode json = Json.object();
        while (System.nanoTime() < end) {
            json = get("/status/" + id).json();
            if (statuses.contains(json.path("status").asText())) {
                return json;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new AssertionError("instance " + id + " does not become any of " + statuses + ": " + json);
    }

    @Override
    public void close() {
        service.close();
    }
}
