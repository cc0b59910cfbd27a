package io.glulam.service.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.glulam.service.FragmentedFile;
import io.glulam.service.TestServer;
import io.glulam.service.json.Json;
import io.glulam.service.settings.InvalidSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks to a receiver on this machine. */
class CallbackTest {
    private static final String SECRET = "a-secret-of-some-length";

    @TempDir
    Path folder;

    private record Told(String path, String timestamp, String signature, byte[] body) {}

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private HttpServer receiver;
    private String url;

    @BeforeEach
    void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            told.add(new Told(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Glulam-Timestamp"),
                    exchange.getRequestHeaders().getFirst("Glulam-Signature"),
                    body));
            Integer answer = answers.poll();
            if (answer != null && answer == 302) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(answer == null ? 204 : answer, -1);
            exchange.close();
        });
        receiver.start();
        url = "http://localhost:" + receiver.getAddress().getPort() + "/ended?key=hidden";
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private TestServer start() {
        TestServer server = TestServer.start(
                folder,
                Map.of(
                        "callback-hosts",
                        "localhost:" + receiver.getAddress().getPort(),
                        "callback-secret",
                        SECRET,
                        "callback-delay",
                        "100ms"));
        Path object = server.bucket().resolve("a.parquet");
        if (Files.notExists(object)) {
            FragmentedFile.write(object);
            server.service().catalog().add("a", "a.parquet", true);
        }
        return server;
    }

    private String compact(TestServer server) {
        return server.compact("a", null, Json.object().put("callbackUrl", url));
    }

    private Told told() throws InterruptedException {
        Told next = told.poll(180, TimeUnit.SECONDS);
        assertThat(next).as("a callback").isNotNull();
        return next;
    }

    private JsonNode callback(TestServer server, String id, String state) throws InterruptedException {
        long end = System.nanoTime() + 180_000_000_000L;
        JsonNode callback = Json.object();
        while (System.nanoTime() < end) {
            callback = server.get("/status/" + id).json().path("callbacks").path(0);
            if (callback.path("state").asText().equals(state)) {
                return callback;
            }
            Thread.sleep(50);
        }
        throw new AssertionError(callback.toString());
    }

    @Test
    void anEndIsToldWithASignature() throws Exception {
        try (TestServer server = start()) {
            String id = compact(server);

            Told first = told();
            assertThat(Verification.isGenuine(SECRET, first.timestamp(), first.signature(), first.body()))
                    .isTrue();
            assertThat(Verification.isGenuine("another-secret", first.timestamp(), first.signature(), first.body()))
                    .isFalse();
            JsonNode body = Json.read(first.body());
            assertThat(body.path("id").asText()).isEqualTo(id);
            assertThat(body.path("status").asText()).isEqualTo("complete");
            assertThat(body.path("output").path("published").asBoolean()).isTrue();
            JsonNode callback = callback(server, id, "delivered");
            assertThat(callback.path("attempts").asInt()).isEqualTo(1);
            assertThat(callback.path("httpStatus").asInt()).isEqualTo(204);
            assertThat(server.get("/status/" + id).response().body())
                    .doesNotContain(SECRET)
                    .doesNotContain("hidden");
        }
    }

    @Test
    void whatWasNotTakenIsToldAgainAndRedirectsAreNotFollowed() throws Exception {
        answers.addAll(List.of(500, 302));
        try (TestServer server = start()) {
            String id = compact(server);

            for (int i = 0; i < 3; i++) {
                assertThat(told().path()).isEqualTo("/ended");
            }
            assertThat(callback(server, id, "delivered").path("attempts").asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void anEndIsToldAfterARestartOfTheServerAsWell() throws Exception {
        answers.addAll(List.of(500));
        try (TestServer server = start()) {
            String id = compact(server);
            told();
            server.restart();

            assertThat(Json.read(told().body()).path("id").asText()).isEqualTo(id);
            callback(server, id, "delivered");
        }
    }

    @Test
    void onlyAllowedAddressesAreTaken() {
        CallbackRules rules = new CallbackRules(Set.of("example.com", "example.org:8443", "localhost:9"));
        for (String good : List.of("https://example.com/x", "https://EXAMPLE.org:8443", "http://localhost:9/")) {
            assertThat(rules.require(good)).isNotNull();
        }
        for (String bad : List.of(
                "http://example.com/x",
                "https://example.com:8443/",
                "https://example.com.evil.net/",
                "https://user@example.com/",
                "https://example.com/#x",
                "ftp://example.com/",
                "https://example.com@evil.net/",
                "//example.com/",
                "http://localhost/",
                "no address",
                "https://example.com/" + "x".repeat(2000))) {
            assertThatThrownBy(() -> rules.require(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
        try (TestServer server = TestServer.start(folder, Map.of())) {
            var refused = server.post("/compact", "{\"datasetId\":\"a\",\"callbackUrl\":\"https://example.com/\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.json().path("error").path("field").asText()).isEqualTo("callbackUrl");
        }
    }

    @Test
    void hostsNeedASecret() {
        assertThatThrownBy(() -> TestServer.start(folder, Map.of("callback-hosts", "example.com")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageContaining("callback-secret");
        assertThatThrownBy(() -> TestServer.start(folder, Map.of("callback-secret", "short")))
                .isInstanceOf(InvalidSetting.class)
                .hasMessageNotContaining("short");
    }

    @Test
    void theDocumentationShowsHowToVerify() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/glulam/service/callback/Verification.java"));
        String method = source.substring(source.indexOf("    static boolean isGenuine"), source.lastIndexOf('}'));
        String shown = method.lines()
                .map(line -> line.replaceFirst("^ {4}", ""))
                .collect(Collectors.joining("\n"))
                .strip();

        assertThat(Files.readString(Path.of("../docs/service.md"))).contains(shown);
    }
}
