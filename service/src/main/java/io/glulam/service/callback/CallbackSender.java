package io.glulam.service.callback;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends callbacks, signed. Redirects are not followed: they could lead to whom we may not tell. Thread-safe. */
public final class CallbackSender {
    /** The longest that an attempt takes. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    static final String TIMESTAMP = "Glulam-Timestamp";
    static final String SIGNATURE = "Glulam-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE)
            .build();
    private final SecretKeySpec key;

    /** @param secret that callbacks are signed with */
    public CallbackSender(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /**
     * One attempt; gives the status of the answer.
     *
     * @throws IOException if none came
     */
    int send(URI url, byte[] body, Instant now) throws IOException, InterruptedException {
        long timestamp = now.getEpochSecond();
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("User-Agent", "glulam")
                .header(TIMESTAMP, String.valueOf(timestamp))
                .header(SIGNATURE, "v1=" + signature(timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    /** HMAC-SHA256 over the timestamp, a dot and the body, in hexadecimal digits. */
    private String signature(long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
