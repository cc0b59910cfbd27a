package io.glulam.service.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page and other files that are served as they are. Immutable. */
final class Page {
    /**
     * A file.
     *
     * @param path that it is served under
     * @param resource that it is
     */
    record File(String path, String resource, String contentType) {}

    private static final File[] FILES = {
        new File("/", "page/index.html", "text/html; charset=utf-8"),
        new File("/page/app.js", "page/app.js", "text/javascript; charset=utf-8"),
        new File("/page/dom.js", "page/dom.js", "text/javascript; charset=utf-8"),
        new File("/page/chunks.js", "page/chunks.js", "text/javascript; charset=utf-8"),
        new File("/page/charts.js", "page/charts.js", "text/javascript; charset=utf-8"),
        new File("/page/objects.js", "page/objects.js", "text/javascript; charset=utf-8"),
        new File("/page/style.css", "page/style.css", "text/css; charset=utf-8"),
        new File("/page/favicon.svg", "page/favicon.svg", "image/svg+xml"),
        new File("/openapi.yaml", "openapi.yaml", "application/yaml; charset=utf-8"),
    };

    private Page() {}

    /** Adds a route for each file; they are read once. */
    static void addTo(Router router) {
        for (File file : FILES) {
            Response response = new Response(200, file.contentType(), read(file.resource()), Map.of());
            router.add("GET", file.path(), Router.Kind.OPEN, request -> response);
        }
    }

    private static byte[] read(String resource) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
