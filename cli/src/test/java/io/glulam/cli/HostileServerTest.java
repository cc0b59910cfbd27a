package io.glulam.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server's answers hold names and failures of foreign files, which drive no terminal. */
class HostileServerTest {
    private static final String CLEAR = "\\u001b[2J";
    private static final String INSTANCE = "{\"id\": \"i%1$s\", \"status\": \"errored\", \"bucketKey\": \"key%1$s\","
            + " \"error\": {\"name\": \"CorruptFile\", \"message\": \"column %1$s\", \"remedy\": \"%1$s\"}}";

    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/instances", "{\"instances\": [" + INSTANCE.formatted(CLEAR) + "]}");
        answer("/status/", INSTANCE.formatted(CLEAR));
        answer("/datasets", "{\"datasets\": [{\"id\": \"d%1$s\", \"bucketKey\": \"k%1$s\"}]}".formatted(CLEAR));
        answer(
                "/scan",
                "{\"objects\": [{\"bucketKey\": \"k%1$s\", \"verdict\": \"unreadable\", \"reason\": \"column %1$s\"}]}"
                        .formatted(CLEAR));
        server.start();
    }

    private void answer(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void itsTextsDriveNoTerminal() {
        String url = "http://localhost:" + server.getAddress().getPort();
        for (List<String> command : List.of(
                List.of("jobs", "list"),
                List.of("jobs", "show", "i"),
                List.of("jobs", "watch", "i"),
                List.of("datasets", "list"),
                List.of("datasets", "scan"))) {
            Object[] all = new Object[command.size() + 2];
            command.toArray(all);
            all[command.size()] = "--server";
            all[command.size() + 1] = url;

            Run run = Run.of(all);

            assertThat(run.out()).as(command + run.err()).contains(CLEAR).doesNotContain("\u001b");
        }
    }
}
