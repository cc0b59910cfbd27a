package io.glulam.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.FragmentedFile;
import io.glulam.service.TestServer;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody sends by accident gets a clear answer, and the server goes on. */
class HostileRequestsTest {
    private static final int LARGE = 20 << 20;

    @TempDir
    Path folder;

    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start(folder, Map.of());
    }

    @AfterEach
    void stop() {
        assertThat(server.get("/healthz").status()).as("it goes on").isEqualTo(200);
        server.close();
    }

    private void assertRefused(Answer answer, int status, String what) {
        assertThat(answer.status()).as(what).isEqualTo(status);
        assertThat(answer.json().path("error").path("message").asText())
                .as(what)
                .isNotEmpty();
        assertThat(answer.response().body()).as(what).doesNotContain(folder.toString());
    }

    @Test
    void oddJsonIsRefused() {
        List<String> bodies = List.of(
                "{\"datasetId\":1e999}",
                "{\"datasetId\":" + "9".repeat(1000) + "}",
                "{\"datasetId\":NaN}",
                "{\"datasetId\":'a'}",
                "{\"datasetId\":\"a\",}",
                "// a\n{\"datasetId\":\"a\"}",
                "[".repeat(5000),
                "{\"a\":".repeat(5000),
                "\"datasetId\"",
                "{\"datasetId\":\"a\",\"options\":{\"maxRows\":1e2}}",
                "{\"datasetId\":\"a\",\"options\":{\"maxRows\":99999999999999999999}}",
                "{\"datasetId\":\"a\",\"options\":{\"maxRows\":-1}}",
                "{\"datasetId\":\"a\",\"options\":{\"threshold\":-1}}",
                "{\"datasetId\":\"a\",\"options\":{\"threshold\":1e40}}",
                "{\"datasetId\":\"a\",\"options\":{\"threshold\":\"99999999999999999999GiB\"}}",
                "{\"datasetId\":\"a\",\"options\":{\"threshold\":[]}}",
                "{\"datasetId\":\"a\",\"options\":{\"targetSize\":0}}",
                "{\"datasetId\":\"a\",\"options\":{\"pageSize\":\"3GiB\"}}",
                "{\"datasetId\":\"a\",\"options\":{\"codec\":\"\"}}",
                "{\"datasetId\":\"a\",\"options\":{\"codec\":\"zstd:99999999999\"}}",
                "{\"datasetId\":\"a\",\"options\":{\"readers\":[1]}}",
                "{\"datasetId\":\"a\",\"options\":{\"threshold\":\"1\\u0000\"}}",
                "{\"datasetId\":\"a\",\"backup\":\"9999999999d\"}",
                "{\"datasetId\":\"a\",\"backup\":\"-1d\"}",
                "{\"datasetId\":\"a\",\"backup\":{}}",
                "{\"datasetId\":\"a\",\"callbackUrl\":\"javascript:alert(1)\"}",
                "{\"datasetId\":\"a\",\"callbackUrl\":\"https://[\"}",
                "{\"datasetId\":\"\\t\"}",
                "{\"\\u0000\":1}",
                "{\"" + "x".repeat(5000) + "\":1}");
        for (String path : List.of("/compact", "/plan", "/datasets", "/scan", "/hooks/supabase")) {
            for (String body : bodies) {
                assertRefused(server.post(path, body), 400, path + " " + body);
            }
        }
    }

    @Test
    void bodiesOfOtherEncodingsAreRefused() {
        byte[][] bodies = {
            {'{', '"', (byte) 0xFF, '"', ':', '1', '}'},
            {(byte) 0x1F, (byte) 0x8B, 8, 0},
            "{\"datasetId\":\"\u00FC\"}".getBytes(StandardCharsets.ISO_8859_1),
            new byte[100]
        };
        for (byte[] body : bodies) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/compact"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            assertRefused(server.send(request), 400, new String(body, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aWebhooksRowWhoseIdIsNoUnicodeIsRefused() {
        assertRefused(
                server.post(
                        "/hooks/supabase",
                        "{\"type\":\"INSERT\",\"table\":\"datasets\",\"record\":{\"id\":\"a\\ud800\","
                                + "\"compaction_needed\":true}}"),
                400,
                "a lone surrogate");
    }

    @Test
    void keysThatAreNoObjectsAreNotFoundOrRefused() throws IOException {
        FragmentedFile.write(server.bucket().resolve("path/a.parquet"));
        Map<String, Integer> keys = Map.of(
                "path",
                404,
                "path/a.parquet/b",
                404,
                "x".repeat(300),
                404,
                ("x".repeat(200) + "/").repeat(4) + "y",
                404,
                "path//a.parquet",
                400,
                "path/./a.parquet",
                400,
                "path/..",
                400,
                "path/%252e%252e/a",
                400,
                "path/\\u202e",
                404,
                "path/a.parquet\\r\\n",
                400);
        keys.forEach((key, status) ->
                assertRefused(server.post("/plan", "{\"bucketKey\":\"" + key + "\"}"), status, "plan " + key));
    }

    @Test
    void keysOfAllScriptsGoThrough() throws IOException {
        String key = "p\u00E4th/\u65E5\u672C\u8A9E \uD83D\uDE42 100% +&=#?;'\".parquet";
        if (!Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(key)) {
            assertRefused(
                    server.post("/plan", Json.text(Json.object().put("bucketKey", key))), 400, "in a locale of ASCII");
            return;
        }
        FragmentedFile.write(server.bucket().resolve(key));
        String id = "d\u00E4/\u65E5 ?#%2F";
        Answer added = server.post(
                "/datasets",
                Json.text(Json.object().put("id", id).put("bucketKey", key).put("compactionNeeded", true)));
        assertThat(added.status()).as(added.json().toString()).isEqualTo(201);
        String inPath = java.net.URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(server.post("/datasets/" + inPath + "/flag", "{}").status()).isEqualTo(200);

        JsonNode status = server.ended(server.compact(id, null, Json.object()));

        assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
        assertThat(status.path("bucketKey").asText()).isEqualTo(key);
        assertThat(status.path("output").path("published").asBoolean()).isTrue();
        assertThat(server.get("/instances?datasetId=" + java.net.URLEncoder.encode(id, StandardCharsets.UTF_8))
                        .json()
                        .path("instances"))
                .hasSize(1);
    }

    @Test
    void oddPathsAreAnsweredByWhatTheyAre() {
        Map<String, Integer> paths = Map.ofEntries(
                Map.entry("/status/a%2Fb", 404),
                Map.entry("/status/..%2F..%2Fetc", 404),
                Map.entry("/status/%00", 400),
                Map.entry("/status/%ff", 404),
                Map.entry("/status/" + "x".repeat(3000), 404),
                Map.entry("/status/", 404),
                Map.entry("//status/a", 404),
                Map.entry("/status/a/", 404),
                Map.entry("/STATUS/a", 404),
                Map.entry("/../status/a", 404),
                Map.entry("/openapi.yaml/..", 404),
                Map.entry("/page/../app.js", 404),
                Map.entry("/compact", 405),
                Map.entry("/instances?limit=1&limit=0", 400),
                Map.entry("/instances?limit=%00", 400),
                Map.entry("/instances?limit=99999999999", 400),
                Map.entry("/instances?before=%F0%9F%99%82", 400),
                Map.entry("/instances?before=+1000000000-12-31T23:59:59Z", 400),
                Map.entry("/instances?before=%2B1000000000-12-31T23:59:59Z", 400),
                Map.entry("/instances?" + "a".repeat(5000), 400),
                Map.entry("/datasets?after=%00", 400),
                Map.entry("/instances?&&=&", 400));
        paths.forEach((path, status) -> assertRefused(server.get(path), status, path));
    }

    @Test
    void whoSendsTooMuchIsToldSo() throws IOException {
        byte[] body = " ".repeat(5 << 20).getBytes(StandardCharsets.US_ASCII);
        for (String path : List.of("/compact", "/hooks/supabase")) {
            String answer = raw(out -> {
                out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                out.flush();
            });
            assertThat(answer).startsWith("HTTP/1.1 413").contains("a body has at most");
        }
    }

    @Test
    void bodiesWithoutEndAreCutOff() throws IOException {
        for (String length : List.of("Content-Length: " + LARGE, "Transfer-Encoding: chunked")) {
            String answer = raw(out -> {
                out.write(("POST /compact HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                byte[] block = " ".repeat(64 << 10).getBytes(StandardCharsets.US_ASCII);
                for (int sent = 0; sent < LARGE; sent += block.length) {
                    if (length.endsWith("chunked")) {
                        out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
                        out.write(block);
                        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    } else {
                        out.write(block);
                    }
                    out.flush();
                }
            });
            assertThat(answer).as(length).matches("(?s)(HTTP/1.1 413 .*)?");
        }
    }

    @Test
    void bodiesThatStopInTheMiddleHurtNobody() throws IOException {
        for (int i = 0; i < 40; i++) {
            try (Socket socket = socket()) {
                socket.getOutputStream()
                        .write(
                                "POST /compact HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"data"
                                        .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
        }
        assertThat(server.get("/instances").json().path("instances")).isEmpty();
    }

    @Test
    void aBodyThatEndsEarlyIsTheClientsFault() throws IOException {
        String answer = raw(out -> {
            out.write(
                    "POST /compact HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"data"
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        });
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("BodyIncomplete");
    }

    @Test
    void whatIsNoHttpIsAnsweredOrCutOff() throws IOException {
        for (String request : List.of(
                "GARBAGE\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET mailto:a HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http:a HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /healthz HTTP/1.1\r\nHost: localhost\r\nbad header\r\n\r\n",
                "POST /compact HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n")) {
            String answer = raw(out -> {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            });
            assertThat(answer).as(request).matches("(?s)(HTTP/1.1 4\\d\\d .*)?");
        }
    }

    private interface Sender {
        void send(OutputStream out) throws IOException;
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket("127.0.0.1", server.uri("/").getPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    /** The answer; empty if the connection was cut off without one. */
    private String raw(Sender sender) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = socket()) {
            try {
                sender.send(socket.getOutputStream());
                socket.shutdownOutput();
            } catch (SocketException cutOff) {
                // There may be an answer all the same.
            }
            try {
                socket.getInputStream().transferTo(answer);
            } catch (SocketException cutOff) {
                // As far as it came.
            }
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void manyRequestsAtOnceForOneObjectAreFewInstances() throws Exception {
        Path object = FragmentedFile.write(server.bucket().resolve("a.parquet"));
        Path original = Files.copy(object, folder.resolve("original.parquet"));
        server.service().catalog().add("a", "a.parquet", true);
        ExecutorService clients = Executors.newFixedThreadPool(24);
        try {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                answers.add(clients.submit(() -> server.post("/compact", "{\"datasetId\":\"a\",\"force\":true}")));
            }
            TreeSet<String> ids = new TreeSet<>();
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status())
                        .as(answer.get().json().toString())
                        .isEqualTo(202);
                ids.add(answer.get().json().path("id").asText());
            }
            int published = 0;
            for (String id : ids) {
                JsonNode status = server.ended(id);
                assertThat(status.path("status").asText()).as(status.toString()).isEqualTo("complete");
                published += status.path("output").path("published").asBoolean() ? 1 : 0;
            }
            assertThat(published).isEqualTo(1);
            assertThat(io.glulam.FileVerifier.firstDifference(original, object, io.glulam.CompactionOptions.defaults()))
                    .isEmpty();
        } finally {
            clients.shutdownNow();
        }
    }
}
