package io.glulam.s3.credentials;

import io.glulam.error.Place;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A role that a token in a file stands for, as Kubernetes gives it to pods. */
final class WebIdentity {
    private WebIdentity() {}

    /** Null where the environment names no token. */
    static @Nullable Credentials from(Map<String, String> environment, String region) {
        String file = environment.get("AWS_WEB_IDENTITY_TOKEN_FILE");
        String role = environment.get("AWS_ROLE_ARN");
        if (file == null || role == null) {
            return null;
        }
        String service = environment.getOrDefault("AWS_ENDPOINT_URL_STS", "https://sts." + region + ".amazonaws.com");
        String query = "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
                + "&RoleArn=" + encoded(role)
                + "&RoleSessionName=" + encoded(environment.getOrDefault("AWS_ROLE_SESSION_NAME", "glulam"))
                + "&WebIdentityToken=" + encoded(token(file));
        String answer =
                MetadataHttp.ask("GET", URI.create(service + "/?" + query), Map.of("accept", "application/xml"));
        String id = answer == null ? null : text(answer, "AccessKeyId");
        String secret = answer == null ? null : text(answer, "SecretAccessKey");
        if (answer == null || id == null || secret == null) {
            throw new StorageFailed(
                    Place.UNKNOWN,
                    "no credentials for the role " + role + " from " + service,
                    "check the token's role");
        }
        return new Credentials(
                id, secret, text(answer, "SessionToken"), CredentialsJson.instant(text(answer, "Expiration")));
    }

    private static String token(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new StorageFailed(Place.of(file), "the token cannot be read: " + e.getMessage(), null, false, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static @Nullable String text(String xml, String name) {
        Matcher matcher =
                Pattern.compile("<" + name + ">([^<]*)</" + name + ">").matcher(xml);
        return matcher.find() ? matcher.group(1) : null;
    }
}
