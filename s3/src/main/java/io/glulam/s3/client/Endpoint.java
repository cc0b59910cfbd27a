package io.glulam.s3.client;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a store answers.
 *
 * @param base scheme, host and perhaps a path
 * @param region that requests are signed for
 * @param bucketInPath whether the bucket is the path's first name instead of the host's
 */
public record Endpoint(URI base, String region, boolean bucketInPath) {
    /**
     * @throws IllegalArgumentException with a sentence for people, if {@code base} is no address of a server
     */
    public Endpoint {
        String scheme = base.getScheme();
        if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("'" + base + "' is not an endpoint; expected https://HOST");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("an endpoint is a scheme, a host and perhaps a path, nothing else");
        }
    }

    /** The host with its port, as requests name it. */
    String host(String bucket) {
        String host = base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
        return bucketInPath || bucket.isEmpty() ? host : bucket + "." + host;
    }

    /** The path of an object, encoded. */
    String path(String bucket, String key) {
        String root = base.getRawPath() == null ? "" : base.getRawPath();
        String start = root.endsWith("/") ? root : root + "/";
        if (!bucketInPath) {
            return start + UriText.path(key);
        }
        return start + UriText.path(bucket) + (key.isEmpty() ? "" : "/" + UriText.path(key));
    }

    /** The whole address of a request. */
    URI address(String bucket, String key, @Nullable String query) {
        return URI.create(base.getScheme() + "://" + host(bucket) + path(bucket, key)
                + (query == null || query.isEmpty() ? "" : "?" + query));
    }
}
