package io.glulam.cli.serve;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Asks a server over its API. Used by one thread. */
public final class ServerClient {
    /** A scan answers after some 20 seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Duration CONNECT = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String server;
    private final @Nullable String token;

    ServerClient(String server, @Nullable String token) {
        this.server = server;
        this.token = token;
    }

    /**
     * One for the server at an address.
     *
     * @param server its URL
     * @param tokenFile holds its token; null for the environment's {@code GLULAM_TOKEN}, or the file that its {@code
     *     GLULAM_TOKEN_FILE} names, if there is one
     */
    public static ServerClient of(String server, @Nullable String tokenFile) {
        return new ServerClient(server.replaceFirst("/+$", ""), token(tokenFile));
    }

    private static @Nullable String token(@Nullable String tokenFile) {
        String token = System.getenv("GLULAM_TOKEN");
        boolean isSet = token != null && !token.isEmpty();
        String file = tokenFile != null ? tokenFile : isSet ? null : System.getenv("GLULAM_TOKEN_FILE");
        if (file == null || file.isEmpty()) {
            return isSet ? token : null;
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new StorageFailed(Place.of(file), "the token cannot be read", null, false, e);
        }
    }

    /** The answer to a GET. */
    JsonNode get(String path) {
        return ask(path, null);
    }

    /** The answer to a POST. */
    JsonNode post(String path, JsonNode body) {
        return ask(path, body);
    }

    /** A text as a part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode ask(String path, @Nullable JsonNode body) {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(server + path)).timeout(PATIENCE);
        } catch (IllegalArgumentException e) {
            throw failed("is not the address of a server", "use --server http://localhost:8787, for example", e);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        }
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            JsonNode answer = Json.read(response.body());
            if (response.statusCode() >= 400) {
                JsonNode error = answer.path("error");
                String field = error.path("field").asText("");
                throw failed(
                        (field.isEmpty() ? "" : field + " ")
                                + error.path("message").asText("answered " + response.statusCode()),
                        error.path("remedy").asText(null),
                        null);
            }
            return answer;
        } catch (IOException e) {
            throw failed("does not answer", "check that it runs, or name it with --server", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("the wait for its answer was interrupted", null, e);
        }
    }

    private StorageFailed failed(String problem, @Nullable String remedy, @Nullable Throwable cause) {
        return new StorageFailed(Place.of(server), problem, remedy, false, cause);
    }
}
