package io.glulam.service.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One table of PostgREST, which is what Supabase's Data API is: rows asked for and changed by URL. An answer of no
 * rows is no error there; who changes a row counts what comes back. Thread-safe.
 */
final class DataApi {
    private static final String ROOT = "/rest/v1";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int MAX_BYTES = 8 << 20;
    private static final int TRIES = 3;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long MAX_PAUSE_MILLIS = 5000;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpClient client;
    private final URI root;
    private final DataApiKey key;
    private final @Nullable String schema;

    /**
     * @param address the project's URL, with or without {@code /rest/v1}
     * @param schema null for the first one that is exposed
     * @throws IllegalArgumentException if {@code address} cannot be one
     */
    DataApi(String address, DataApiKey key, @Nullable String schema) {
        this.root = root(address);
        this.key = key;
        this.schema = schema;
        // Redirects are not followed: they would carry the key to wherever they lead.
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private static URI root(String address) {
        try {
            URI uri = new URI(address.replaceFirst("/+$", ""));
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!(scheme.equals("https") || scheme.equals("http")) || uri.getHost() == null) {
                throw new IllegalArgumentException("is no URL like https://PROJECT.supabase.co");
            }
            if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "must hold no user, query or fragment; the key is a setting of its own");
            }
            String path = uri.getRawPath();
            return URI.create(scheme + "://" + uri.getRawAuthority() + path + (path.endsWith(ROOT) ? "" : ROOT));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL like https://PROJECT.supabase.co");
        }
    }

    /** Returns its address. */
    URI address() {
        return root;
    }

    /** {@code text} as a part of a URL. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Rows of a table.
     *
     * @param query encoded
     * @throws DataApiFailed if it refuses or cannot be reached
     */
    JsonNode get(String table, String query) {
        return repeated(request(table, query).GET(), "Accept-Profile");
    }

    /** Changes rows and gives those that were changed: an empty array if none matched. Asked again if need be. */
    JsonNode patch(String table, String query, JsonNode values) {
        return repeated(
                writing(table, query).method("PATCH", HttpRequest.BodyPublishers.ofByteArray(Json.bytes(values))),
                "Content-Profile");
    }

    /** Adds a row and gives it. Asked once: a second try could not tell its own row from another client's. */
    JsonNode post(String table, String query, JsonNode values) {
        return once(profiled(
                writing(table, query).POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(values))),
                "Content-Profile"));
    }

    private HttpRequest.Builder request(String table, String query) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(root + "/" + encoded(table) + (query.isEmpty() ? "" : "?" + query)))
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .header("User-Agent", "glulam");
        key.sign(request);
        return request;
    }

    private HttpRequest.Builder writing(String table, String query) {
        return request(table, query)
                .header("Content-Type", "application/json")
                .header("Prefer", "return=representation");
    }

    private HttpRequest profiled(HttpRequest.Builder request, String header) {
        if (schema != null) {
            request.setHeader(header, schema);
        }
        return request.build();
    }

    private JsonNode repeated(HttpRequest.Builder builder, String profile) {
        HttpRequest request = profiled(builder, profile);
        long pause = FIRST_PAUSE_MILLIS;
        for (int left = TRIES - 1; ; left--) {
            try {
                return once(request);
            } catch (DataApiFailed failure) {
                if (!failure.retryable() || left == 0) {
                    throw failure;
                }
                pause(Math.max(pause, Math.min(failure.pauseMillis(), MAX_PAUSE_MILLIS)));
                pause *= 2;
            }
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DataApiFailed.unreachable("interrupted", e);
        }
    }

    private JsonNode once(HttpRequest request) {
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            byte[] body = body(response);
            int status = response.statusCode();
            if (status >= 200 && status < 300) {
                return rows(body);
            }
            throw DataApiFailed.refused(
                    status,
                    error(body),
                    status == TOO_MANY_REQUESTS || status >= 500,
                    pauseMillis(response),
                    key::hidden);
        } catch (IOException e) {
            String message = e.getMessage();
            throw DataApiFailed.unreachable(message == null ? e.getClass().getSimpleName() : message, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw DataApiFailed.unreachable("interrupted", e);
        }
    }

    private static byte[] body(HttpResponse<InputStream> response) throws IOException {
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new IOException("the answer is larger than " + MAX_BYTES + " bytes");
            }
            return body;
        }
    }

    private static JsonNode rows(byte[] body) throws IOException {
        JsonNode rows = Json.read(body);
        if (!rows.isArray()) {
            throw new IOException("the answer is not an array of rows");
        }
        return rows;
    }

    /** Returns the message of an error's body; missing if it has another form. */
    private static JsonNode error(byte[] body) {
        try {
            return Json.read(body);
        } catch (IOException e) {
            return Json.object();
        }
    }

    private static long pauseMillis(HttpResponse<?> response) {
        try {
            return Duration.ofSeconds(Long.parseLong(response.headers()
                            .firstValue("Retry-After")
                            .orElse("0")
                            .strip()))
                    .toMillis();
        } catch (NumberFormatException | ArithmeticException e) {
            return 0;
        }
    }
}
