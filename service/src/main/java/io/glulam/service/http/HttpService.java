package io.glulam.service.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.glulam.error.CorruptFile;
import io.glulam.error.GlulamException;
import io.glulam.error.SourceChanged;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import io.glulam.service.bucket.InvalidKey;
import io.glulam.service.catalog.Catalog;
import io.glulam.service.catalog.CatalogFailed;
import io.glulam.service.database.DatabaseFailed;
import io.glulam.service.http.Router.Kind;
import io.glulam.service.metrics.Metrics;
import io.glulam.service.request.InvalidField;
import io.glulam.service.workflow.Failure;
import io.glulam.service.workflow.Workflow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: checks every request, finds its handler, turns failures into answers. */
public final class HttpService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);
    /** Each slow client occupies one thread until its request times out. */
    private static final int THREADS = 32;

    private static final long IDLE_SECONDS = 30;
    private static final int BACKLOG = 128;
    private static final int MAX_CONNECTIONS = 256;

    /** A bucket's notifications come to Workers only. */
    private static final Router.Handler LACKS_FEED = request -> {
        throw ApiError.notSupported("feed");
    };

    private final HttpServer server;
    private final ExecutorService executor;
    private final Guard guard;
    private final Router router;
    private final Workflow workflow;
    private final Events events;

    static {
        // The JDK's server reads these properties when it is first used. It closes connections of slow clients.
        set("sun.net.httpserver.nodelay", "true");
        set("sun.net.httpserver.maxReqTime", "30");
        set("sun.net.httpserver.maxRspTime", String.valueOf(Events.MAX_SECONDS + 30));
        set("sun.net.httpserver.maxReqHeaders", "64");
        set("sun.net.httpserver.maxReqHeaderSize", "16384");
        set("jdk.httpserver.maxConnections", String.valueOf(MAX_CONNECTIONS));
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    private HttpService(HttpServer server, HttpSettings settings, Workflow workflow, Catalog catalog, Metrics metrics) {
        this.server = server;
        this.guard = new Guard(settings);
        this.workflow = workflow;
        this.events = new Events(workflow.ledger(), workflow.callbacks());
        this.router = routes(new Api(workflow, catalog), events, workflow, metrics);
        addDatasets(router, new DatasetsApi(workflow, catalog));
        HooksApi hooks = new HooksApi(workflow, catalog, settings.names());
        router.add("POST", "/hooks/supabase", Kind.HOOK, hooks::supabase);
        router.add("POST", "/compactions", Kind.WRITE, new DirectApi(workflow.direct())::ask);
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, "glulam-http-" + number.incrementAndGet()));
        threads.allowCoreThreadTimeOut(true);
        this.executor = threads;
    }

    /**
     * Binds the address; requests are answered from {@link #start} on.
     *
     * @throws IOException if the address is taken or not ours
     */
    public static HttpService bind(
            InetSocketAddress address, HttpSettings settings, Workflow workflow, Catalog catalog, Metrics metrics)
            throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        return new HttpService(server, settings, workflow, catalog, metrics);
    }

    private static Router routes(Api api, Events events, Workflow workflow, Metrics metrics) {
        Router router = new Router()
                .add("POST", "/compact", Kind.WRITE, api::compact)
                .add("POST", "/plan", Kind.WRITE, api::plan)
                .add("POST", "/inspect", Kind.WRITE, api::inspect)
                .add("POST", "/inspect/pages", Kind.WRITE, api::pages)
                .add("GET", "/status/{id}", Kind.READ, api::status)
                .add("GET", "/instances", Kind.READ, api::instances)
                .add("POST", "/instances/{id}/pause", Kind.WRITE, request -> api.control(request, workflow::pause))
                .add("POST", "/instances/{id}/resume", Kind.WRITE, request -> api.control(request, workflow::resume))
                .add(
                        "POST",
                        "/instances/{id}/terminate",
                        Kind.WRITE,
                        request -> api.control(request, workflow::terminate))
                .add("POST", "/instances/{id}/restart", Kind.WRITE, request -> api.control(request, workflow::restart))
                .add("GET", "/instances/{id}/events", Kind.READ, request -> events.stream(request, api.find(request)))
                .add(
                        "GET",
                        "/metrics",
                        Kind.READ,
                        request -> new Response(200, metrics.contentType(), metrics.text(), Map.of()))
                .add("GET", "/capabilities", Kind.READ, api::capabilities)
                .add("GET", "/feed", Kind.READ, LACKS_FEED)
                .add("POST", "/feed", Kind.WRITE, LACKS_FEED)
                .add("GET", "/healthz", Kind.OPEN, api::health)
                .add("GET", "/readyz", Kind.OPEN, api::ready);
        Page.addTo(router);
        return router;
    }

    private static void addDatasets(Router router, DatasetsApi datasets) {
        router.add("GET", "/datasets", Kind.READ, datasets::list)
                .add("POST", "/datasets", Kind.WRITE, datasets::add)
                .add("POST", "/datasets/{id}/flag", Kind.WRITE, datasets::flag)
                .add("POST", "/scan", Kind.WRITE, datasets::scan);
    }

    /** Begins to answer. */
    public void start() {
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns the routes that it answers, as {@code METHOD path}. */
    public List<String> routes() {
        return router.routes().stream()
                .map(route -> route.method() + " " + route.path())
                .toList();
    }

    /** The address that it listens on. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void handle(HttpExchange exchange) {
        try {
            Response response = answer(exchange);
            if (response.status() != Router.HANDLED.status()) {
                send(exchange, response);
                exchange.close();
            }
        } catch (IOException | RuntimeException e) {
            // The client has gone, or was too slow.
            LOG.debug("no answer", e);
            exchange.close();
        }
    }

    private Response answer(HttpExchange exchange) {
        try {
            Headers headers = exchange.getRequestHeaders();
            guard.requireHome(headers);
            Router.Match match = router.match(
                    exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
            Kind kind = match.route().kind();
            Access access = access(kind, headers);
            if (kind == Kind.WRITE || kind == Kind.HOOK) {
                guard.requireJson(headers);
            }
            return match.route().handler().handle(new Request(exchange, match.parameters(), access));
        } catch (RuntimeException | OutOfMemoryError e) {
            return error(e).response();
        }
    }

    private Access access(Kind kind, Headers headers) {
        return switch (kind) {
            case OPEN -> Access.ALL;
            case READ, WRITE -> guard.authorize(headers);
            case HOOK -> guard.authorizeHook(headers);
        };
    }

    /** The one mapping from failures to answers. */
    private ApiError error(Throwable failure) {
        if (failure instanceof ApiError error) {
            return error;
        }
        if (failure instanceof InvalidField invalid) {
            return new ApiError(400, "InvalidField", String.valueOf(invalid.getMessage()), invalid.field(), null);
        }
        Failure known = workflow.explain(failure);
        int status = status(failure);
        if (status == 500) {
            LOG.error("internal error", failure);
        }
        return new ApiError(status, known.name(), known.message(), null, known.remedy());
    }

    private static int status(Throwable failure) {
        if (failure instanceof InvalidKey) {
            return 400;
        }
        if (failure instanceof CorruptFile || failure instanceof Unsupported) {
            return 422;
        }
        if (failure instanceof SourceChanged) {
            return 409;
        }
        if (failure instanceof StorageFailed storage) {
            return storage.retryable() ? 503 : storage.kind() == StorageFailed.Kind.MISSING ? 404 : 502;
        }
        if (failure instanceof CatalogFailed || failure instanceof DatabaseFailed) {
            return 503;
        }
        return failure instanceof GlulamException ? 422 : 500;
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        secure(headers);
        headers.set("Content-Type", response.contentType());
        response.headers().forEach(headers::set);
        boolean bare =
                response.body().length == 0 || exchange.getRequestMethod().equals(Router.HEAD);
        if (exchange.getRequestMethod().equals(Router.HEAD)) {
            headers.set("Content-Length", String.valueOf(response.body().length));
        }
        exchange.sendResponseHeaders(response.status(), bare ? -1 : response.body().length);
        if (!bare) {
            exchange.getResponseBody().write(response.body());
        }
    }

    /** Adds the headers that every answer has. */
    static void secure(Headers headers) {
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Override
    public void close() {
        events.close();
        server.stop(1);
        executor.shutdownNow();
    }
}
