package io.glulam.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.glulam.service.FragmentedFile;
import io.glulam.service.TestServer;
import io.glulam.service.TestServer.Answer;
import io.glulam.service.settings.InvalidSetting;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use the server, and what nobody may do to it. */
class SecurityTest {
    private static final String BODY = "{\"datasetId\":\"x\",\"bucketKey\":\"a/x.parquet\"}";
    private static final String TOKEN = "a-token-of-some-length";

    @TempDir
    Path folder;

    @Test
    void foreignHostsAndOriginsAreRefused() {
        try (TestServer server = TestServer.start(folder, Map.of())) {
            String home = "localhost:" + server.service().address().getPort();

            assertThat(server.get("/instances", "Host", "evil.example").status())
                    .isEqualTo(403);
            assertThat(server.get("/instances", "Host", "localhost.evil.example")
                            .status())
                    .isEqualTo(403);
            assertThat(server.get("/instances", "Host", "127.0.0.1:1").status()).isEqualTo(200);
            assertThat(server.get("/instances", "Host", "[::1]:8787").status()).isEqualTo(200);
            assertThat(server.post("/compact", BODY, "Origin", "http://evil.example")
                            .status())
                    .isEqualTo(403);
            assertThat(server.post("/compact", BODY, "Origin", "null").status()).isEqualTo(403);
            assertThat(server.post("/compact", BODY, "Origin", "http://localhost:1")
                            .status())
                    .isEqualTo(403);
            assertThat(server.post("/compact", BODY, "Sec-Fetch-Site", "cross-site")
                            .status())
                    .isEqualTo(403);
            assertThat(server.post("/compact", BODY, "Origin", "http://" + home).status())
                    .isEqualTo(202);
        }
    }

    @Test
    void onlyJsonIsTaken() {
        try (TestServer server = TestServer.start(folder, Map.of())) {
            assertThat(server.post("/compact", BODY, "Content-Type", "text/plain")
                            .status())
                    .isEqualTo(415);
            assertThat(server.send(HttpRequest.newBuilder(server.uri("/compact"))
                                    .POST(HttpRequest.BodyPublishers.ofString(BODY)))
                            .status())
                    .isEqualTo(415);
            assertThat(server.post("/instances/x/terminate", "", "Content-Type", "application/x-www-form-urlencoded")
                            .status())
                    .isEqualTo(415);
            assertThat(server.post("/compact", BODY, "Content-Type", "application/json; charset=utf-8")
                            .status())
                    .isEqualTo(202);
        }
    }

    @Test
    void whoIsSlowHoldsNobodyUp() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try (TestServer server = TestServer.start(folder, Map.of())) {
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket("127.0.0.1", server.uri("/").getPort());
                slow.add(socket);
                socket.getOutputStream().write("GET /healthz HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            }

            assertThat(server.get("/healthz").status()).isEqualTo(200);

            // Had that waited until they were cut off, there would be no answer any more.
            Socket first = slow.get(0);
            first.getOutputStream()
                    .write("Host: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(first.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 200");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void unknownPathsAndMethodsAreNamed() {
        try (TestServer server = TestServer.start(folder, Map.of())) {
            assertThat(server.get("/none").status()).isEqualTo(404);
            assertThat(server.get("/status/..%2f..%2fsecret").status()).isEqualTo(404);
            assertThat(server.get("/status/a%00").status()).isEqualTo(400);
            assertThat(server.get("/instances?datasetId=%00").status()).isEqualTo(400);
            assertThat(server.get("/status/%zz".replace("%zz", "%25zz")).status())
                    .isEqualTo(404);
            Answer answer = server.get("/compact");
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.json().path("error").path("message").asText()).contains("POST");
            assertThat(answer.response().headers().firstValue("Allow")).contains("POST");
            assertThat(server.post("/healthz", "{}").response().headers().firstValue("Allow"))
                    .contains("GET, HEAD");
            Answer head = server.send(
                    HttpRequest.newBuilder(server.uri("/healthz")).method("HEAD", HttpRequest.BodyPublishers.noBody()));
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.response().body()).isEmpty();
            assertThat(head.response().headers().firstValue("X-Frame-Options")).contains("DENY");
        }
    }

    @Test
    void everyAnswerHasTheHeadersThatKeepBrowsersSafe() {
        try (TestServer server = TestServer.start(folder, Map.of())) {
            for (String path : new String[] {"/healthz", "/none", "/instances"}) {
                var headers = server.get(path).response().headers();
                assertThat(headers.firstValue("X-Content-Type-Options"))
                        .as(path)
                        .contains("nosniff");
                assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                        .as(path)
                        .contains("default-src 'none'");
                assertThat(headers.firstValue("X-Frame-Options")).as(path).contains("DENY");
                assertThat(headers.firstValue("Access-Control-Allow-Origin"))
                        .as(path)
                        .isEmpty();
            }
        }
    }

    @Test
    void whoListensBeyondLocalhostNeedsATokenAndDoesNotStartWithoutOne() {
        assertThatThrownBy(() -> TestServer.start(folder, Map.of("host", "0.0.0.0")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("--token");
        assertThatThrownBy(() -> TestServer.start(folder, Map.of("token", "short")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageNotContaining("short ");
    }

    @Test
    void aTokenOpensWhatItIsFor() {
        try (TestServer server = TestServer.start(folder, Map.of("token", TOKEN))) {
            assertThat(server.get("/healthz").status()).isEqualTo(200);
            Answer refused = server.get("/instances");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.response().headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer");
            assertThat(server.get("/instances", "Authorization", "Bearer wrong-wrong-wrong-wrong")
                            .status())
                    .isEqualTo(401);
            assertThat(server.get("/instances", "Authorization", "Basic " + TOKEN)
                            .status())
                    .isEqualTo(401);
            assertThat(server.get("/instances", "Authorization", "Bearer " + TOKEN)
                            .status())
                    .isEqualTo(200);
            assertThat(server.post("/compact", BODY).status()).isEqualTo(401);
        }
    }

    @Test
    void aTokenMayBeLimitedToPrefixesOfKeys() throws IOException {
        Path tokens = Files.writeString(
                folder.resolve("tokens"), "# two of them\n" + TOKEN + "\nanother-token-of-length a/ b/\n");
        String[] all = {"Authorization", "Bearer " + TOKEN};
        String[] limited = {"Authorization", "Bearer another-token-of-length"};
        try (TestServer server = TestServer.start(folder, Map.of("tokens", tokens.toString()))) {
            FragmentedFile.write(server.bucket().resolve("c/x.parquet"));
            server.service().catalog().add("c", "c/x.parquet", true);
            String hidden = server.post("/compact", "{\"datasetId\":\"c\"}", all)
                    .json()
                    .path("id")
                    .asText();

            assertThat(server.post("/compact", BODY, limited).status()).isEqualTo(202);
            assertThat(server.post("/compact", "{\"datasetId\":\"c\"}", limited).status())
                    .isEqualTo(403);
            assertThat(server.post("/compact", "{\"datasetId\":\"nobody\"}", limited)
                            .status())
                    .isEqualTo(403);
            assertThat(server.post("/plan", "{\"bucketKey\":\"c/x.parquet\"}", limited)
                            .status())
                    .isEqualTo(403);
            assertThat(server.get("/status/" + hidden, limited).status()).isEqualTo(404);
            assertThat(server.post("/instances/" + hidden + "/terminate", "{}", limited)
                            .status())
                    .isEqualTo(404);
            assertThat(server.get("/instances", limited).json().path("instances"))
                    .allSatisfy(instance ->
                            assertThat(instance.path("bucketKey").asText()).startsWith("a/"));
            assertThat(server.get("/datasets", limited).json().path("datasets")).isEmpty();
            assertThat(server.get("/datasets", all).json().path("datasets")).hasSize(1);
        }
    }

    @Test
    void neitherTheTokenNorTheDatabasesPasswordIsToldToAnybody() {
        try (TestServer server = TestServer.start(folder, Map.of("token", TOKEN))) {
            Answer answer = server.get("/instances", "Authorization", "Bearer not-the-token-that-is-known");
            assertThat(answer.response().body()).doesNotContain(TOKEN).doesNotContain("not-the-token");
        }
        assertThatThrownBy(() -> TestServer.start(
                        folder, Map.of("ledger", "postgres://me:geheim@localhost:1/none?connectTimeout=1")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageNotContaining("geheim");
    }
}
