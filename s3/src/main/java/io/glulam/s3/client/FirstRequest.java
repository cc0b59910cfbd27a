package io.glulam.s3.client;

import io.glulam.concurrent.DaemonThreads;
import io.glulam.s3.credentials.Credentials;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.FutureTask;

/**
 * What the first request of a process takes beside its answer: the JDK's client, the trusted certificates and the algorithms of
 * signatures, which the JDK then keeps for all clients.
 */
public final class FirstRequest {
    private FirstRequest() {}

    /**
     * Loads these on a thread of its own. Opens no connection. A failure is ignored: the first request meets it again, and reports it.
     *
     * @param plain whether no store will be reached by TLS
     */
    public static void prepare(boolean plain) {
        DaemonThreads.of(new FutureTask<>(() -> load(plain)), "glulam-prepare").start();
    }

    static HttpRequest load(boolean plain) {
        HttpTransport.newClient(plain);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://localhost/")).GET();
        new Signer("", "s3")
                .sign(
                        Credentials.of("none", "none"),
                        Instant.now(),
                        "GET",
                        "localhost",
                        "/",
                        "",
                        Map.of(),
                        Signer.EMPTY_HASH)
                .forEach(request::header);
        return request.build();
    }
}
