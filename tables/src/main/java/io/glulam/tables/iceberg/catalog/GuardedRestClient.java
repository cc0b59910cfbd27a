package io.glulam.tables.iceberg.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.rest.BaseHTTPClient;
import org.apache.iceberg.rest.ErrorHandler;
import org.apache.iceberg.rest.HTTPHeaders;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.HTTPRequest.HTTPMethod;
import org.apache.iceberg.rest.ImmutableHTTPRequest;
import org.apache.iceberg.rest.ParserContext;
import org.apache.iceberg.rest.RESTClient;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.RESTSerializers;
import org.apache.iceberg.rest.auth.AuthSession;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.jspecify.annotations.Nullable;

/**
 * Speaks to a REST catalog over the JDK's HTTP client: follows no redirect, sends requests only below the address that the
 * user named, and takes of answers what {@link AnswerFilter} lets through. Thread-safe.
 */
final class GuardedRestClient extends BaseHTTPClient {
    /** An answer holds a table's metadata; more would not fit the memory that a run has. */
    private static final int MAX_ANSWER_BYTES = 64 << 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final int TRIES = 4;
    private static final Set<Integer> TRANSIENT = Set.of(429, 503);
    private static final Set<HTTPMethod> REPEATABLE = Set.of(HTTPMethod.GET, HTTPMethod.HEAD);
    private static final ObjectMapper MAPPER = mapper();

    private final HttpClient client;
    private final URI base;
    private final AuthSession session;

    private GuardedRestClient(HttpClient client, URI base, AuthSession session) {
        this.client = client;
        this.base = base;
        this.session = session;
    }

    /** Returns a client to the catalog of a configuration. */
    static RESTClient to(Map<String, String> config) {
        String uri = config.get(CatalogProperties.URI);
        if (uri == null) {
            throw new IllegalArgumentException("a catalog of type rest needs the property uri");
        }
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        return new GuardedRestClient(client, URI.create(uri.replaceFirst("/+$", "")), AuthSession.EMPTY);
    }

    private static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper();
        mapper.setVisibility(
                com.fasterxml.jackson.annotation.PropertyAccessor.FIELD,
                com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility.ANY);
        mapper.configure(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE);
        RESTSerializers.registerAll(mapper);
        return mapper;
    }

    @Override
    public RESTClient withAuthSession(AuthSession other) {
        return new GuardedRestClient(client, base, other);
    }

    @Override
    protected HTTPRequest buildRequest(
            HTTPMethod method,
            String path,
            @Nullable Map<String, String> query,
            Map<String, String> headers,
            @Nullable Object body) {
        Map<String, String> all = new HashMap<>(headers);
        all.putIfAbsent("Accept", "application/json");
        all.putIfAbsent("X-Client-Version", "glulam");
        if (body instanceof Map) {
            all.put("Content-Type", "application/x-www-form-urlencoded");
        } else if (body != null) {
            all.put("Content-Type", "application/json");
        }
        ImmutableHTTPRequest.Builder builder = ImmutableHTTPRequest.builder()
                .baseUri(base)
                .method(method)
                .path(path)
                .headers(HTTPHeaders.of(all))
                .mapper(MAPPER);
        if (query != null) {
            builder.queryParameters(query);
        }
        if (body != null) {
            builder.body(body);
        }
        HTTPRequest request = session.authenticate(builder.build());
        URI target = request.requestUri();
        boolean same = base.getScheme().equalsIgnoreCase(target.getScheme())
                && String.valueOf(base.getRawAuthority()).equalsIgnoreCase(target.getRawAuthority());
        if (!same && !isUsersOauthServer(path)) {
            throw new RESTException("the catalog asks for requests to another host");
        }
        return request;
    }

    /** Answers cannot name one ({@link AnswerFilter}), so that an absolute address comes from the user. */
    private static boolean isUsersOauthServer(String path) {
        return path.startsWith("https://") || path.startsWith("http://");
    }

    @Override
    protected <T extends RESTResponse> @Nullable T execute(
            HTTPRequest request,
            @Nullable Class<T> type,
            Consumer<ErrorResponse> errors,
            Consumer<Map<String, String>> headers) {
        return execute(request, type, errors, headers, ParserContext.builder().build());
    }

    @Override
    protected <T extends RESTResponse> @Nullable T execute(
            HTTPRequest request,
            @Nullable Class<T> type,
            Consumer<ErrorResponse> errors,
            Consumer<Map<String, String>> headers,
            ParserContext context) {
        HttpResponse<InputStream> response = send(request);
        String body = read(response);
        int status = response.statusCode();
        if (status / 100 != 2) {
            fail(status, body, errors);
        }
        Map<String, String> answered = new HashMap<>();
        response.headers().map().forEach((key, values) -> answered.put(key, values.get(0)));
        headers.accept(answered);
        if (status == 204 || type == null || body.isEmpty()) {
            return null;
        }
        try {
            ObjectReader reader = MAPPER.readerFor(type);
            if (!context.isEmpty()) {
                InjectableValues values = context.toInjectableValues();
                reader = reader.with(values);
            }
            T parsed = reader.readValue(body);
            return type.cast(AnswerFilter.filtered(parsed));
        } catch (JsonProcessingException e) {
            throw new RESTException("the catalog's answer cannot be read"); // Not the cause: it could quote secrets.
        }
    }

    private HttpResponse<InputStream> send(HTTPRequest request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.requestUri())
                .timeout(TIMEOUT)
                .method(request.method().name(), body(request));
        request.headers().entries().forEach(header -> builder.setHeader(header.name(), header.value()));
        HttpRequest built = builder.build();
        for (int attempt = 1; ; attempt++) {
            try {
                HttpResponse<InputStream> response = client.send(built, BodyHandlers.ofInputStream());
                boolean again = TRANSIENT.contains(response.statusCode()) && REPEATABLE.contains(request.method());
                if (!again || attempt == TRIES) {
                    return response;
                }
                response.body().close();
            } catch (IOException e) {
                if (!REPEATABLE.contains(request.method()) || attempt == TRIES) {
                    throw new RESTException(e, "the catalog at %s does not answer", base.getHost());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RESTException(e, "interrupted");
            }
            pause(attempt);
        }
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(200L << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RESTException(e, "interrupted");
        }
    }

    private static BodyPublisher body(HTTPRequest request) {
        String encoded = request.encodedBody();
        return encoded == null ? BodyPublishers.noBody() : BodyPublishers.ofString(encoded);
    }

    private static String read(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                throw new RESTException("the catalog's answer has more than %s bytes", MAX_ANSWER_BYTES);
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new RESTException(e, "the catalog's answer ends early");
        }
    }

    private static void fail(int status, String body, Consumer<ErrorResponse> errors) {
        ErrorResponse error = null;
        if (errors instanceof ErrorHandler handler) {
            try {
                error = handler.parseResponse(status, body);
            } catch (RuntimeException e) {
                error = null;
            }
        }
        if (error == null) {
            error = ErrorResponse.builder()
                    .responseCode(status)
                    .withType("RESTException")
                    .withMessage("the catalog answers with status " + status)
                    .build();
        }
        errors.accept(error);
        throw new RESTException("the catalog answers with status %s", status);
    }

    @Override
    public void close() {
        // The JDK's client has nothing to close on Java 17.
    }
}
