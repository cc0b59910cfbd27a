package io.glulam.service.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Which handler a method and a path lead to. Not changed any more once requests come. */
final class Router {
    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        /** The answer; {@link Router#HANDLED} if the handler gives it itself. */
        Response handle(Request request);
    }

    static final String HEAD = "HEAD";

    /** Says that the handler has taken the exchange over. */
    static final Response HANDLED = new Response(0, "", new byte[0], Map.of());

    /** The demands of a route on its requests. */
    enum Kind {
        /** Any client may read it. */
        OPEN,
        /** Needs a token, if there are any. */
        READ,
        /** Needs a token, if there are any, and a JSON body. */
        WRITE,
        /** As {@link #WRITE}; the secret of webhooks will do instead of a token. */
        HOOK
    }

    /**
     * A route.
     *
     * @param method of HTTP
     * @param path as openapi.yaml writes it, parameters in braces
     */
    record Route(String method, String path, Kind kind, Handler handler) {
        private String[] parts() {
            return path.split("/", -1);
        }
    }

    /**
     * A route that fits.
     *
     * @param parameters out of the path
     */
    record Match(Route route, Map<String, String> parameters) {}

    private final List<Route> routes = new ArrayList<>();

    Router add(String method, String path, Kind kind, Handler handler) {
        routes.add(new Route(method, path, kind, handler));
        return this;
    }

    List<Route> routes() {
        return List.copyOf(routes);
    }

    /** HEAD leads to what GET does. @throws ApiError if no route fits */
    Match match(String method, String rawPath) {
        String wanted = method.equals(HEAD) ? "GET" : method;
        String[] parts = rawPath.split("/", -1);
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> parameters = match(route, parts);
            if (parameters != null) {
                if (route.method().equals(wanted)) {
                    return new Match(route, parameters);
                }
                methods.add(route.method());
            }
        }
        if (methods.isEmpty()) {
            throw ApiError.notFound("there is nothing here; /openapi.yaml lists what there is");
        }
        if (methods.contains("GET")) {
            methods.add(HEAD);
        }
        throw ApiError.methodNotAllowed(methods);
    }

    @org.jspecify.annotations.Nullable
    private static Map<String, String> match(Route route, String[] parts) {
        String[] wanted = route.parts();
        if (wanted.length != parts.length) {
            return null;
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{")) {
                if (parts[i].isEmpty()) {
                    return null;
                }
                parameters.put(
                        wanted[i].substring(1, wanted[i].length() - 1), Request.decode(parts[i].replace("+", "%2B")));
            } else if (!wanted[i].equals(parts[i])) {
                return null;
            }
        }
        return parameters;
    }
}
