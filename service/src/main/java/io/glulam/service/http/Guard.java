package io.glulam.service.http;

import com.sun.net.httpserver.Headers;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests are answered. Any web page can make a browser send requests to localhost, so the guard refuses foreign
 * hosts and origins, and requires JSON for changes, which no form can send.
 */
final class Guard {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "bearer ";
    private static final String HOOK_HEADER = "X-Glulam-Secret";

    private final Set<String> hosts;
    private final boolean anyHost;
    private final Tokens tokens;
    private final Tokens hookSecrets;

    Guard(HttpSettings settings) {
        this.hosts = settings.hosts();
        this.anyHost = settings.anyHost();
        this.tokens = settings.tokens();
        this.hookSecrets = settings.hookSecrets();
    }

    /** @throws ApiError if the request comes from somewhere else */
    void requireHome(Headers headers) {
        String host = headers.getFirst("Host");
        if (host == null || host.length() > 255 || !(anyHost || isHome(withoutPort(host)))) {
            throw new ApiError(
                    403,
                    "ForeignHost",
                    "this server does not answer under that host name",
                    null,
                    "start it with --host-name NAME to allow it");
        }
        String origin = headers.getFirst("Origin");
        if (origin != null && !isSame(origin, host)) {
            throw new ApiError(403, "ForeignOrigin", "pages of other sites may not use this server");
        }
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null && site.equals("cross-site")) {
            throw new ApiError(403, "ForeignOrigin", "pages of other sites may not use this server");
        }
    }

    private boolean isHome(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return LOCAL.contains(lower) || hosts.contains(lower);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }

    private static boolean isSame(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /** @throws ApiError unless the headers declare JSON */
    void requireJson(Headers headers) {
        String type = headers.getFirst("Content-Type");
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.equals("application/json")) {
            throw new ApiError(
                    415, "NotJson", "the body must be JSON", null, "send the header Content-Type: application/json");
        }
    }

    /** Returns the objects that the sender may touch. @throws ApiError if a token is needed and none, or a wrong one, was sent */
    Access authorize(Headers headers) {
        if (tokens.isEmpty()) {
            return Access.ALL;
        }
        String header = headers.getFirst("Authorization");
        @Nullable
        Access access = header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? null
                : tokens.access(header.substring(BEARER.length()).strip());
        if (access == null) {
            throw new ApiError(
                    401, "Unauthorized", "a token is needed", null, "send the header Authorization: Bearer TOKEN");
        }
        return access;
    }

    /** As {@link #authorize}, where the secret of webhooks will do as well; with such a secret, no request goes without. */
    Access authorizeHook(Headers headers) {
        if (hookSecrets.isEmpty()) {
            return authorize(headers);
        }
        String secret = headers.getFirst(HOOK_HEADER);
        Access access = secret == null ? null : hookSecrets.access(secret.strip());
        if (access != null) {
            return access;
        }
        if (tokens.isEmpty()) {
            throw new ApiError(
                    401,
                    "Unauthorized",
                    "the webhook's secret is needed",
                    null,
                    "send it in the header " + HOOK_HEADER);
        }
        return authorize(headers);
    }
}
