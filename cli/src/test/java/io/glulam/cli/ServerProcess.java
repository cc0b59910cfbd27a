package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.json.Json;
import io.glulam.testkit.s3.StrictStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code glulam serve} as a process of its own, asked over HTTP. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    private ServerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one on a free port with its data under {@code folder}, and waits until it serves. */
    static ServerProcess start(Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx116m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--port",
                "0",
                "--data",
                folder.resolve("data").toString()));
        if (!List.of(options).contains("--bucket")) {
            command.addAll(List.of("--bucket", folder.resolve("bucket").toString()));
        }
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line;
        while ((line = out.readLine()) != null) {
            if (line.startsWith("Serving ")) {
                return new ServerProcess(process, line.split(" ")[1]);
            }
        }
        throw new AssertionError("the server has ended: see " + folder.resolve("log"));
    }

    /** Starts one whose bucket is in a store as strict as R2, and that tries again soon. */
    static ServerProcess over(StrictStore store, Path folder, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "--bucket",
                "r2://" + StrictStore.BUCKET,
                "--endpoint",
                store.endpoint().toString(),
                "--retry-delay",
                "100ms"));
        all.addAll(List.of(options));
        return start(folder, all.toArray(String[]::new));
    }

    /** Asks, and gives the answer's JSON. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    /** Asks with a JSON body, and gives the answer's JSON. */
    JsonNode post(String path, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                client.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofByteArray());
        return Json.read(response.body());
    }

    /** Waits until an instance has ended, and gives its status. */
    JsonNode ended(String id) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode status = Json.object();
        while (System.nanoTime() < end) {
            status = get("/status/" + id);
            if (List.of("complete", "errored", "terminated")
                    .contains(status.path("status").asText())) {
                return status;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("instance " + id + " does not end: " + status);
    }

    /** SIGKILL: nobody gets to say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** SIGTERM, which ends it within the time that {@code docs/service.md} names. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("the server stops").isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
