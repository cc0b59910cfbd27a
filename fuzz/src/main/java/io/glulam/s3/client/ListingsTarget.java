package io.glulam.s3.client;

import com.sun.net.httpserver.HttpServer;
import io.glulam.error.GlulamException;
import io.glulam.fuzz.Draws;
import io.glulam.s3.credentials.CredentialSource;
import io.glulam.s3.credentials.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that answers anything, over HTTP: listings, tags, heads and tails end in results or in one of our failures. */
public final class ListingsTarget {
    private static final List<String> HEADERS = List.of(
            "ETag", "Last-Modified", "Content-Range", "x-amz-tagging-count", "x-amz-meta-a", "x-amz-bucket-region");
    private static final int[] STATUSES = {200, 206, 404, 400, 403, 412, 416, 301, 500};
    private static final int MAX_ANSWERS = 4;

    private static volatile byte[] body = {};
    private static volatile int status = 200;
    private static volatile String header = "ETag";
    private static volatile String value = "";
    private static final AtomicInteger ANSWERS_LEFT = new AtomicInteger();
    private static final HttpServer SERVER = start();
    private static final Bucket BUCKET = bucket();

    private ListingsTarget() {}

    /** For Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        Draws draws = new Draws(input);
        int action = draws.nextInt(5);
        status = STATUSES[draws.nextInt(STATUSES.length)];
        header = HEADERS.get(draws.nextInt(HEADERS.size()));
        StringBuilder text = new StringBuilder();
        int length = draws.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + draws.nextInt(95)));
        }
        value = text.toString();
        body = draws.rest();
        ANSWERS_LEFT.set(MAX_ANSWERS);
        RequestCounter counter = new RequestCounter();
        try {
            switch (action) {
                case 0 -> new ObjectListings(BUCKET).objects("p", "", counter, facts -> true);
                case 1 -> new ObjectListings(BUCKET).uploads("p", counter);
                case 2 -> new ObjectReads(BUCKET).tags("key", counter);
                case 3 -> new ObjectReads(BUCKET).tail("key", 64, counter);
                default -> new ObjectReads(BUCKET).head("key", counter);
            }
        } catch (GlulamException refused) {
            return;
        }
    }

    private static HttpServer start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                // A listing that never ends would be asked for without end.
                byte[] answer = ANSWERS_LEFT.getAndDecrement() > 0 ? body : "<a/>".getBytes(StandardCharsets.US_ASCII);
                exchange.getResponseHeaders().add(header, value);
                boolean head = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(status, head || answer.length == 0 ? -1 : answer.length);
                if (!head && answer.length > 0) {
                    exchange.getResponseBody().write(answer);
                }
                exchange.close();
            });
            server.start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> server.stop(0)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bucket bucket() {
        URI base = URI.create("http://127.0.0.1:" + SERVER.getAddress().getPort());
        RetryPolicy once =
                new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(20), Duration.ofSeconds(20));
        return new Bucket(
                new Endpoint(base, "us-east-1", true),
                CredentialSource.of(Credentials.of("id", "secret")),
                once,
                "s3",
                "bucket");
    }
}
