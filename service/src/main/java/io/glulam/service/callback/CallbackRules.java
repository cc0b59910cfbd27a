package io.glulam.service.callback;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * The URLs that callbacks may go to. Immutable.
 *
 * @param hosts that may be named in a {@code callbackUrl}, followed by a colon and a port if it is another one than the
 *     scheme's; no URL is allowed if empty
 */
public record CallbackRules(Set<String> hosts) {
    /** No URL is allowed. */
    public static final CallbackRules NONE = new CallbackRules(Set.of());

    /** The longest URL, in characters. */
    public static final int MAX_CHARACTERS = 2000;

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    public CallbackRules {
        hosts = Set.copyOf(hosts);
    }

    /**
     * The address that a text names.
     *
     * @throws IllegalArgumentException with a sentence for people, if it is no URL, or is not allowed
     */
    public URI require(String text) {
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("is not taken here: the server was started without --callback-hosts");
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL", e);
        }
        if (uri.getScheme() == null || uri.getHost() == null || text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "must be a URL like https://host/path of at most " + MAX_CHARACTERS + " characters");
        }
        if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("holds no user and no fragment");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean allowed = hosts.contains(uri.getPort() < 0 ? host : host + ":" + uri.getPort());
        if (!allowed) {
            throw new IllegalArgumentException("names a host that is not allowed");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && LOCAL.contains(host))) {
            throw new IllegalArgumentException("must be https");
        }
        return uri;
    }
}
