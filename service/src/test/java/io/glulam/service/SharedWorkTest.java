package io.glulam.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.CompactionOptions;
import io.glulam.FileVerifier;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.SqlCatalog;
import io.glulam.service.catalog.TableNames;
import io.glulam.service.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Three server processes behind a pooler in transaction mode: they share the work, and take over from one that dies. */
@EnabledIfEnvironmentVariable(
        named = "GLULAM_PGBOUNCER",
        matches = ".+",
        disabledReason = "names PgBouncer's executable; CI installs it")
class SharedWorkTest {
    private static final int OBJECTS = 30;
    private static final int SERVERS = 3;
    private static final long PATIENCE_NANOS = 180_000_000_000L;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
        }
        for (Process process : processes) {
            process.waitFor();
        }
    }

    private void start(String address, int number) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ServerMain.class.getName(),
                        "data=" + folder.resolve("data-" + number),
                        "bucket=" + folder.resolve("bucket"),
                        "port=0",
                        "ledger=" + address,
                        "catalog=" + address,
                        "retry-delay=100ms")
                .redirectError(folder.resolve("log-" + number).toFile())
                .start();
        processes.add(process);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        assertThat(line).as("%s", folder.resolve("log-" + number)).startsWith("port ");
        ports.add(Integer.parseInt(line.substring("port ".length())));
    }

    @Test
    void shareTheWorkAndTakeItOver() throws Exception {
        String address = PostgresServer.newDatabase();
        PostgresServer.run(PostgresServer.nameOf(address), """
                CREATE TABLE datasets (
                  id text PRIMARY KEY,
                  bucket_key text,
                  compaction_needed boolean NOT NULL DEFAULT false,
                  last_compacted_at timestamptz,
                  file_size_bytes bigint,
                  updated_at timestamptz NOT NULL DEFAULT now());
                """);
        Path original = FragmentedFile.write(folder.resolve("original.parquet"));
        try (Catalog catalog = new SqlCatalog(PostgresServer.open(address), TableNames.DEFAULTS, "Postgres")) {
            for (int i = 0; i < OBJECTS; i++) {
                Path object = folder.resolve("bucket").resolve(i + ".parquet");
                Files.createDirectories(object.getParent());
                Files.copy(original, object);
                catalog.add("d" + i, i + ".parquet", true);
            }
            for (int i = 0; i < SERVERS; i++) {
                start(address, i);
            }
            for (int i = 0; i < OBJECTS; i++) {
                post(ports.get(i % SERVERS), "{\"datasetId\":\"d" + i + "\",\"instanceId\":\"i" + i + "\"}");
                if (i == OBJECTS / 2) {
                    processes.get(1).destroyForcibly().waitFor();
                    ports.set(1, ports.get(0));
                }
            }
            awaitAll();
            for (int i = 0; i < OBJECTS; i++) {
                Path object = folder.resolve("bucket").resolve(i + ".parquet");
                assertThat(FileVerifier.firstDifference(original, object, CompactionOptions.defaults()))
                        .isEmpty();
                assertThat(catalog.find("d" + i).orElseThrow().compactionNeeded())
                        .isFalse();
                assertThat(catalog.find("d" + i).orElseThrow().fileSizeBytes()).isEqualTo(Files.size(object));
            }
            assertThat(completed(0)).isPositive();
            assertThat(completed(2)).isPositive();
            assertThat(completed(0) + completed(1) + completed(2)).isBetween((long) OBJECTS - 1, (long) OBJECTS);
        }
    }

    private void awaitAll() throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        JsonNode counts = Json.object();
        while (System.nanoTime() < end) {
            counts = get(ports.get(0), "/instances?limit=1").path("counts");
            if (counts.path("complete").asInt() == OBJECTS) {
                return;
            }
            assertThat(counts.path("errored").asInt()).isZero();
            Thread.sleep(200);
        }
        throw new AssertionError("the instances do not all complete: " + counts);
    }

    /** How many instances a server has brought to their end, as its log says. */
    private long completed(int server) throws IOException {
        try (var lines = Files.lines(folder.resolve("log-" + server))) {
            return lines.filter(line -> line.contains("\"formattedMessage\":\"complete\""))
                    .count();
        }
    }

    private void post(int port, String body) throws Exception {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/compact"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(202);
    }

    private JsonNode get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .build();
        return Json.read(
                client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }
}
