package io.glulam.s3.credentials;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Credentials as instances and containers are given them: {@code {"AccessKeyId": …, "SecretAccessKey": …, …}}. */
final class CredentialsJson {
    private CredentialsJson() {}

    /** Null if the text holds none. */
    static @Nullable Credentials parse(String json) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    fields.put(parser.currentName(), parser.getText());
                }
            }
        } catch (IOException e) {
            return null;
        }
        String id = fields.get("AccessKeyId");
        String secret = fields.get("SecretAccessKey");
        return id == null || secret == null
                ? null
                : new Credentials(id, secret, fields.get("Token"), instant(fields.get("Expiration")));
    }

    static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
