package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.json.Json;
import io.glulam.testkit.s3.StrictStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code glulam serve} as a process of its own, asked over HTTP. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<String> FLAGS = List.of("-Xmx116m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** Of {@code --memory 192MiB}, the least that the launcher gives to a server. */
    private static final List<String> FLAGS_OF_192_MIB = List.of(
            "-Xmx81m",
            "-XX:MaxDirectMemorySize=15m",
            "-Djdk.nio.maxCachedBufferSize=262144",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-Xss512k",
            "-XX:-UsePerfData");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    private ServerProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one on a free port with its data under {@code folder}, and waits until it serves. */
    static ServerProcess start(Path folder, String... options) throws IOException {
        return start(FLAGS, folder, options);
    }

    /** As {@link #start(Path, String...)}, in the least memory that a server may have. */
    static ServerProcess in192MiB(Path folder, String... options) throws IOException {
        return start(FLAGS_OF_192_MIB, folder, options);
    }

    private static ServerProcess start(List<String> flags, Path folder, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
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
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
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
        return ended(id, PATIENCE);
    }

    /** As {@link #ended(String)}, waiting so long. */
    JsonNode ended(String id, Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
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

    /** The most memory that the server has had resident, in bytes. */
    long peakBytes() throws IOException {
        return peakBytes(process);
    }

    /** As {@link #peakBytes()}, of any process; 0 once it has ended. */
    static long peakBytes(Process process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElse(0);
        } catch (UncheckedIOException | NoSuchFileException ended) {
            return 0;
        }
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
