package io.glulam.service.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import io.glulam.service.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Base64;

/**
 * A key that opens a Data API, and how it is shown there: secret keys ({@code sb_secret_…}) in {@code apikey} only, JSON
 * web tokens (the older {@code service_role}) in {@code Authorization} too.
 */
public final class DataApiKey {
    private static final String SECRET = "sb_secret_";
    private static final String PUBLISHABLE = "sb_publishable_";
    private static final int MAX_CHARACTERS = 8192;

    private final String key;

    private DataApiKey(String key) {
        this.key = key;
    }

    /**
     * Takes a key as Supabase's dashboard shows it.
     *
     * @throws IllegalArgumentException if it is none, or one of those that are meant for browsers; the message does not
     *     repeat it
     */
    public static DataApiKey parse(String text) {
        String key = text.strip();
        if (key.isEmpty() || key.length() > MAX_CHARACTERS || !key.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException(
                    "is no key: a secret key (sb_secret_…) or the service_role key is needed");
        }
        if (key.startsWith(PUBLISHABLE) || role(key).equals("anon")) {
            throw new IllegalArgumentException(
                    "is a key for browsers, from which rows are hidden: take a secret key (sb_secret_…) or"
                            + " service_role");
        }
        return new DataApiKey(key);
    }

    /** The role that a JSON web token names; empty for what is no such token. */
    private static String role(String key) {
        String[] parts = key.split("\\.", -1);
        if (parts.length != 3) {
            return "";
        }
        try {
            JsonNode claims = Json.read(Base64.getUrlDecoder().decode(parts[1]));
            return claims.path("role").asText("");
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }

    /** Adds the headers that show it. */
    void sign(HttpRequest.Builder request) {
        request.setHeader("apikey", key);
        if (!key.startsWith(SECRET)) {
            request.setHeader("Authorization", "Bearer " + key);
        }
    }

    /** {@code text} without the key, should a server have repeated it. */
    String hidden(String text) {
        return text.replace(key, "…");
    }

    /** Nothing of the key. */
    @Override
    public String toString() {
        return key.startsWith(SECRET) ? "a secret key" : "a JSON web token";
    }
}
