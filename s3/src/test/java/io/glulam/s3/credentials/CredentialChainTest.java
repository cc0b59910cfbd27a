package io.glulam.s3.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.glulam.error.StorageFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Credentials are found where AWS's tools find them, in their order. */
class CredentialChainTest {
    @TempDir
    private Path folder;

    private HttpServer server;
    private final Map<String, String> answers = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = answers.get(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        environment.put("HOME", folder.toString());
        environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", address());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Credentials found(String profile) {
        return new CredentialChain(environment, ProfileFiles.read(environment), profile, "us-east-1").credentials();
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(".aws"));
        Files.writeString(folder.resolve(".aws").resolve(name), text);
    }

    @Test
    void environmentComesFirst() throws IOException {
        file("credentials", "[default]\naws_access_key_id = FILE\naws_secret_access_key = S\n");
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "ENV", "AWS_SECRET_ACCESS_KEY", "S", "AWS_SESSION_TOKEN", "T"));
        assertThat(found(null)).isEqualTo(new Credentials("ENV", "S", "T", null));
    }

    @Test
    void namedProfileGoesBeforeTheEnvironment() throws IOException {
        file("credentials", "[work]\naws_access_key_id = WORK\naws_secret_access_key = S\n# [other]\n");
        environment.putAll(Map.of("AWS_ACCESS_KEY_ID", "ENV", "AWS_SECRET_ACCESS_KEY", "S"));
        assertThat(found("work").accessKeyId()).isEqualTo("WORK");
        assertThatThrownBy(() -> found("none"))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("none");
    }

    @Test
    void profilesOfBothFilesAreOne() throws IOException {
        file("config", "[profile work]\nregion = eu-central-1\n\n[default]\nregion=us-west-2\n");
        file("credentials", "[work]\naws_access_key_id=A\naws_secret_access_key=B\naws_session_token=C\n");
        ProfileFiles files = ProfileFiles.read(environment);
        assertThat(files.get("work", "region")).isEqualTo("eu-central-1");
        assertThat(files.get("default", "region")).isEqualTo("us-west-2");
        assertThat(found("work")).isEqualTo(new Credentials("A", "B", "C", null));
    }

    @Test
    void profileThatAssumesARoleIsRefusedWithAWayOut() throws IOException {
        file("config", "[profile work]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = default\n");
        assertThatThrownBy(() -> found("work"))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("role_arn")
                .hasMessageContaining("export-credentials --profile work");
    }

    @Test
    void webIdentityIsExchangedForARole() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
        environment.putAll(Map.of(
                "AWS_WEB_IDENTITY_TOKEN_FILE", token.toString(),
                "AWS_ROLE_ARN", "arn:aws:iam::1:role/x",
                "AWS_ENDPOINT_URL_STS", address()));
        answers.put(
                "GET /",
                "<r><Credentials><AccessKeyId>WEB</AccessKeyId><SecretAccessKey>S</SecretAccessKey>"
                        + "<SessionToken>T</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></r>");
        assertThat(found(null).accessKeyId()).isEqualTo("WEB");
        assertThat(found(null).sessionToken()).isEqualTo("T");
    }

    @Test
    void containerIsAsked() {
        environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", address() + "/creds");
        answers.put("GET /creds", "{\"AccessKeyId\":\"BOX\",\"SecretAccessKey\":\"S\",\"Token\":\"T\"}");
        assertThat(found(null)).isEqualTo(new Credentials("BOX", "S", "T", null));
    }

    @Test
    void instanceIsAskedLast() {
        answers.put("PUT /latest/api/token", "token");
        answers.put("GET /latest/meta-data/iam/security-credentials/", "role");
        answers.put(
                "GET /latest/meta-data/iam/security-credentials/role",
                "{\"AccessKeyId\":\"VM\",\"SecretAccessKey\":\"S\",\"Token\":\"T\",\"Expiration\":\"2999-01-01T00:00:00Z\"}");
        assertThat(found(null).accessKeyId()).isEqualTo("VM");
    }

    @Test
    void nobodyHasAny() {
        assertThatThrownBy(() -> found(null))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("AWS_ACCESS_KEY_ID");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(new Credentials("A", "SECRET", "TOKEN", null).toString())
                .doesNotContain("SECRET")
                .doesNotContain("TOKEN");
    }
}
