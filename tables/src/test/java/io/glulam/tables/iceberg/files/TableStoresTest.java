package io.glulam.tables.iceberg.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.glulam.error.StorageFailed;
import io.glulam.error.Unsupported;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.io.StorageCredential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which credentials go where. */
class TableStoresTest {
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String endpoint;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                requests.add(exchange.getRequestURI().getPath() + " "
                        + exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(404, -1);
            }
        });
        server.start();
        endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Map<String, String> answered(String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                FileProperties.REMOTE, "true",
                FileProperties.LOCATION, "s3://lake/db/events",
                FileProperties.ALLOW_ENDPOINTS, endpoint));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(FileProperties.VENDED + more[i], more[i + 1]);
        }
        return properties;
    }

    private void read(Map<String, String> properties, List<StorageCredential> credentials, String location) {
        GlulamFileIO io = new GlulamFileIO();
        io.setCredentials(credentials);
        io.initialize(properties);
        io.newInputFile(location).exists();
    }

    @Test
    void credentialsThatWereHandedOutAreUsedUnderTheTablesLocationOnly() {
        Map<String, String> properties = answered(
                FileProperties.ACCESS_KEY, "VENDED", FileProperties.SECRET_KEY, "s", FileProperties.ENDPOINT, endpoint);
        properties.put(FileProperties.FOLDERS, "s3://lake/db/events\ns3://other");

        read(properties, List.of(), "s3://lake/db/events/metadata/a.avro");
        assertThat(requests).isNotEmpty().allMatch(request -> request.contains("Credential=VENDED/"));

        requests.clear();
        assertThatThrownBy(() -> read(properties, List.of(), "s3://other/a.avro"))
                .isInstanceOf(StorageFailed.class)
                .hasMessageContaining("handed out no credentials");
        assertThatThrownBy(() -> read(properties, List.of(), "s3://lake/db/events2/a.avro"))
                .isInstanceOf(Unsupported.class);
        assertThat(requests).isEmpty();
    }

    @Test
    void eachPrefixHasItsOwnCredentials() {
        List<StorageCredential> credentials = List.of(
                StorageCredential.create(
                        "s3://lake/db/events",
                        Map.of(FileProperties.ACCESS_KEY, "WIDE", FileProperties.SECRET_KEY, "s")),
                StorageCredential.create(
                        "s3://lake/db/events/data",
                        Map.of(FileProperties.ACCESS_KEY, "NARROW", FileProperties.SECRET_KEY, "s")));
        Map<String, String> properties = answered(FileProperties.ENDPOINT, endpoint);

        read(properties, credentials, "s3://lake/db/events/data/a.parquet");
        assertThat(requests).isNotEmpty().allMatch(request -> request.contains("Credential=NARROW/"));
        requests.clear();
        read(properties, credentials, "s3://lake/db/events/database/a.parquet");
        assertThat(requests).isNotEmpty().allMatch(request -> request.contains("Credential=WIDE/"));
    }

    @Test
    void anEndpointThatACatalogNamesMustBePublicAndHttpsUnlessItIsAllowed() {
        for (String hostile : List.of(
                "http://s3.example.com",
                "https://127.0.0.1",
                "https://169.254.169.254",
                "https://10.0.0.7:9000",
                "https://192.168.1.1",
                "https://[::1]",
                "https://[fd00::1]",
                "https://user@example.com",
                "file:///etc")) {
            Map<String, String> properties = answered(
                    FileProperties.ACCESS_KEY, "K", FileProperties.SECRET_KEY, "s", FileProperties.ENDPOINT, hostile);
            assertThatThrownBy(() -> read(properties, List.of(), "s3://lake/db/events/a.avro"))
                    .as(hostile)
                    .isInstanceOf(Unsupported.class)
                    .hasMessageContaining("allow-endpoints");
        }
    }

    @Test
    void theUsersCredentialsAreNotSentToAnEndpointThatACatalogNames() {
        Map<String, String> properties = answered(FileProperties.ENDPOINT, endpoint);
        properties.put(FileProperties.ACCESS_KEY, "USERS");
        properties.put(FileProperties.SECRET_KEY, "s");
        assertThatThrownBy(() -> read(properties, List.of(), "s3://lake/db/events/a.avro"))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("yours are not sent to it");
        assertThat(requests).isEmpty();

        properties.put(FileProperties.ENDPOINT, endpoint); // The user names the endpoint.
        read(properties, List.of(), "s3://lake/db/events/a.avro");
        assertThat(requests).isNotEmpty().allMatch(request -> request.contains("Credential=USERS/"));
    }

    @Test
    void noFileOfATablesDataIsDeleted() {
        GlulamFileIO io = new GlulamFileIO();
        io.initialize(Map.of());
        assertThatThrownBy(() -> io.deleteFile("/tmp/t/data/a.parquet")).isInstanceOf(Unsupported.class);
    }

    @Test
    void aPlaceIsInsideOnlyIfItsWholePathIs() {
        Locations local = Locations.of(List.of("/data/t"), List.of(), false);
        assertThat(local.contain("file:///data/t/a.parquet")).isTrue();
        assertThat(local.contain("/data/t2/a.parquet")).isFalse();
        assertThat(local.contain("/data/t/../u/a.parquet")).isFalse();
        Locations remote = Locations.of(List.of("s3://lake/t/"), List.of(), true);
        assertThat(remote.contain("s3a://lake/t/a.parquet")).isTrue();
        assertThat(remote.contain("file:/lake/t/a.parquet")).isFalse();
        assertThat(remote.contain("s3://lake2/t/a.parquet")).isFalse();
    }
}
