package io.glulam.service.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The address and user of a Postgres.
 *
 * @param jdbcUrl without user and password
 * @param user null for the driver's default
 * @param password null for none
 */
public record PostgresAddress(
        String jdbcUrl, @Nullable String user, @Nullable String password) {
    private static final String JDBC = "jdbc:";

    /** Whether {@code text} looks like the address of a Postgres. */
    public static boolean matches(String text) {
        String bare = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        return bare.startsWith("postgres://") || bare.startsWith("postgresql://");
    }

    /**
     * Reads {@code postgres://user:password@host:port/database?sslmode=require}, as Supabase and others show it; the
     * password percent-encoded.
     *
     * @throws IllegalArgumentException if it is none; the message does not repeat it
     */
    public static PostgresAddress parse(String text) {
        if (!matches(text)) {
            throw new IllegalArgumentException("not an address like postgres://user:password@host:5432/database");
        }
        String bare = text.startsWith(JDBC) ? text.substring(JDBC.length()) : text;
        try {
            URI uri = new URI(bare);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException("the address of the database names no host");
            }
            String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
            String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
            String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
            String[] user = uri.getRawUserInfo() == null
                    ? new String[0]
                    : uri.getRawUserInfo().split(":", 2);
            return new PostgresAddress(
                    "jdbc:postgresql://" + uri.getHost() + port + path + query,
                    user.length > 0 ? decode(user[0]) : null,
                    user.length > 1 ? decode(user[1]) : null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "the address of the database cannot be read: percent-encode the password's special characters");
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The address without the password. */
    @Override
    public String toString() {
        return jdbcUrl;
    }
}
