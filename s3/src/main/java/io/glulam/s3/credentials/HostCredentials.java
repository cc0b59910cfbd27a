package io.glulam.s3.credentials;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Credentials that a container or an instance is given by what it runs on. */
final class HostCredentials {
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";
    private static final String TOKEN_SECONDS = "21600";

    private HostCredentials() {}

    /** Of an ECS task or an EKS pod; null where the environment names no such service. */
    static @Nullable Credentials ofContainer(Map<String, String> environment) {
        String relative = environment.get("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        String full = environment.get("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        if (relative == null && full == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        String token = containerToken(environment);
        if (token != null) {
            headers.put("authorization", token);
        }
        URI address = URI.create(relative != null ? "http://169.254.170.2" + relative : String.valueOf(full));
        String answer = MetadataHttp.ask("GET", address, headers);
        return answer == null ? null : CredentialsJson.parse(answer);
    }

    private static @Nullable String containerToken(Map<String, String> environment) {
        String file = environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        if (file == null) {
            return environment.get("AWS_CONTAINER_AUTHORIZATION_TOKEN");
        }
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return null;
        }
    }

    /** Of an EC2 instance, by the second version of its metadata service; null where there is none. */
    static @Nullable Credentials ofInstance(Map<String, String> environment) {
        if ("true".equalsIgnoreCase(environment.get("AWS_EC2_METADATA_DISABLED"))) {
            return null;
        }
        String service = environment.getOrDefault("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://169.254.169.254");
        String token = MetadataHttp.ask(
                "PUT",
                URI.create(service + "/latest/api/token"),
                Map.of("x-aws-ec2-metadata-token-ttl-seconds", TOKEN_SECONDS));
        if (token == null) {
            return null;
        }
        Map<String, String> headers = Map.of("x-aws-ec2-metadata-token", token);
        String roles = MetadataHttp.ask("GET", URI.create(service + ROLES), headers);
        if (roles == null || roles.isBlank()) {
            return null;
        }
        String role = roles.lines().findFirst().orElse("").strip();
        String answer = MetadataHttp.ask("GET", URI.create(service + ROLES + role), headers);
        return answer == null ? null : CredentialsJson.parse(answer);
    }
}
